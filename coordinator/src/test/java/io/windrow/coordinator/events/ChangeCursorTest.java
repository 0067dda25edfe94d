package io.windrow.coordinator.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.TaskChange;
import io.windrow.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeCursorTest {
  private static final long START = 1_000_000_000L;
  private final ChangeCursor cursor = new ChangeCursor(START);

  @Test
  void each_change_is_told_once_though_each_look_goes_back_a_little() {
    assertThat(cursor.from()).isEqualTo(START - ChangeCursor.OVERLAP);
    TaskChange first = change("aa", START + 10);

    assertThat(cursor.fresh(List.of(first), START)).containsExactly(first);
    assertThat(cursor.fresh(List.of(first), START)).isEmpty();
    TaskChange late = change("bb", START + 5);
    assertThat(cursor.fresh(List.of(late, first), START)).containsExactly(late);
    TaskChange next = change("aa", START + 20);
    assertThat(cursor.fresh(List.of(late, next), START)).containsExactly(next);
    assertThat(cursor.greatest()).isEqualTo(START + 20);
  }

  @Test
  void a_quiet_time_moves_the_look_on() {
    TaskChange last = change("aa", START + 10);
    cursor.fresh(List.of(last), START + 20);

    assertThat(cursor.fresh(List.of(), START + 5 * ChangeCursor.OVERLAP)).isEmpty();

    assertThat(cursor.from()).isEqualTo(START + 4 * ChangeCursor.OVERLAP);
  }

  @Test
  void what_is_behind_the_overlap_is_not_kept() {
    cursor.fresh(List.of(change("aa", START + 1)), START);
    cursor.fresh(List.of(change("bb", START + 2 * ChangeCursor.OVERLAP)), START);

    assertThat(cursor.from()).isEqualTo(START + ChangeCursor.OVERLAP);
    TaskChange again = change("aa", START + 1);
    assertThat(cursor.fresh(List.of(again), START)).as("forgotten, so told").containsExactly(again);
  }

  static TaskChange change(String id, long version) {
    return new TaskChange(
        id, "pool", "queue", 1, TaskState.RUNNING, version, 1, "w", Instant.EPOCH);
  }
}
