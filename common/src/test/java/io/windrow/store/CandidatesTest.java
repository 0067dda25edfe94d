package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.PoolLimits.Limit;
import io.windrow.task.NewTask;
import io.windrow.task.Progress;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private static final Instant BEGIN = Instant.parse("2026-01-05T09:00:00Z");

  @Test
  void reading_them_takes_at_most_a_tenth_of_the_time() {
    Candidates candidates = read(Duration.ofMillis(500), 10, List.of(line("a", 0, 1)));

    assertThat(candidates.serves(1, BEGIN.plusMillis(4_999))).isTrue();
    assertThat(candidates.serves(1, BEGIN.plusMillis(5_000))).isFalse();
  }

  @Test
  void while_there_are_enough_they_serve_for_a_second() {
    Candidates candidates = read(Duration.ZERO, 10, List.of(line("a", 0, 1, 2)));

    assertThat(candidates.best(2, Map.of())).hasSize(2);

    assertThat(candidates.serves(1, BEGIN.plusMillis(999))).isTrue();
    assertThat(candidates.serves(1, BEGIN.plusMillis(1_000))).isFalse();
  }

  @Test
  void once_they_are_too_few_they_are_read_as_often_as_their_share_allows() {
    Candidates quick = read(Duration.ZERO, 10, List.of(line("a", 0, 1, 2)));
    Candidates slow = read(Duration.ofMillis(20), 10, List.of(line("a", 0, 1, 2)));

    assertThat(quick.best(3, Map.of())).hasSize(2);
    assertThat(slow.best(3, Map.of("a", new Limit("a", false, 1)))).hasSize(1);

    assertThat(quick.serves(1, BEGIN)).isFalse();
    assertThat(slow.serves(1, BEGIN.plusMillis(199))).isTrue();
    assertThat(slow.serves(1, BEGIN.plusMillis(200))).isFalse();
  }

  @Test
  void a_line_cut_short_serves_as_long_as_it_has_enough() {
    Candidates candidates = read(Duration.ofSeconds(1), 3, List.of(line("a", 0, 1, 2, 3)));
    Instant now = BEGIN.plusSeconds(2);
    assertThat(candidates.serves(2, now)).isTrue();

    candidates.remove(candidates.best(2, Map.of()));

    assertThat(candidates.serves(2, now)).isFalse();
    assertThat(candidates.serves(1, now)).isTrue();
    assertThat(names(candidates.best(5, Map.of()))).containsExactly("a3");
  }

  @Test
  void what_was_enqueued_counts_for_its_pool() {
    Candidates candidates =
        read(Duration.ofSeconds(1), 10, List.of(line("a", 0, 1, 2), line("b", 0, 1)));

    candidates.remove(candidates.best(1, Map.of())); // a1

    assertThat(names(candidates.best(2, Map.of()))).containsExactly("b1", "a2");
  }

  @Test
  void priority_goes_before_turns() {
    Candidates candidates =
        read(
            Duration.ofSeconds(1),
            10,
            List.of(line("a", 0, 1), line("b", 7, 1, 2), line("c", 7, 1)));

    assertThat(names(candidates.best(9, Map.of()))).containsExactly("b1", "c1", "b2", "a1");
  }

  @Test
  void a_limit_counts_what_is_under_way() {
    Candidates candidates =
        new Candidates(
            List.of(line("a", 0, 1, 2, 3), line("b", 0, 1)),
            Map.of("a", 2),
            10,
            BEGIN,
            BEGIN.plusSeconds(1));
    Map<String, Limit> limits =
        Map.of("a", new Limit("a", false, 4), "b", new Limit("b", true, Integer.MAX_VALUE));

    assertThat(names(candidates.best(9, limits))).containsExactly("a1", "a2");
  }

  private static Candidates read(Duration cost, int most, List<List<Task>> lines) {
    return new Candidates(lines, Map.of(), most, BEGIN, BEGIN.plus(cost));
  }

  private static List<Task> line(String pool, int priority, int... seqs) {
    return Arrays.stream(seqs).mapToObj(seq -> task(pool, priority, seq)).toList();
  }

  private static Task task(String pool, int priority, int seq) {
    NewTask asked =
        new NewTask(
            pool,
            "e",
            "s",
            seq,
            priority,
            Map.of(),
            null,
            List.of(),
            List.of(Stage.only("default", Terms.DEFAULT)));
    Progress none = new Progress(0, BEGIN, false, false, null, List.of(), List.of(), null);
    return new Task(pool + seq, asked, TaskState.WAITING, 1, none, null, BEGIN, BEGIN);
  }

  private static List<String> names(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }
}
