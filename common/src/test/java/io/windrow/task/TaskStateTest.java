package io.windrow.task;

import static io.windrow.task.TaskState.CANCELLED;
import static io.windrow.task.TaskState.DONE;
import static io.windrow.task.TaskState.FAILED;
import static io.windrow.task.TaskState.PART_DONE;
import static io.windrow.task.TaskState.QUEUED;
import static io.windrow.task.TaskState.RUNNING;
import static io.windrow.task.TaskState.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TaskStateTest {
  /** The diagram of the states, written down a second time. */
  private static final Map<TaskState, Set<TaskState>> TRANSITIONS =
      Map.of(
          WAITING, Set.of(QUEUED, RUNNING, CANCELLED),
          QUEUED, Set.of(WAITING, RUNNING, CANCELLED),
          RUNNING, Set.of(WAITING, PART_DONE, DONE, FAILED, CANCELLED),
          PART_DONE, Set.of(WAITING, RUNNING, DONE, CANCELLED),
          DONE, Set.of(),
          FAILED, Set.of(WAITING),
          CANCELLED, Set.of(WAITING));

  @ParameterizedTest
  @EnumSource
  void only_the_transitions_of_the_diagram_exist(TaskState state) {
    assertThat(state.next()).isEqualTo(TRANSITIONS.get(state));
  }

  @ParameterizedTest
  @EnumSource
  void a_word_names_its_state(TaskState state) {
    assertThat(TaskState.ofWord(state.word())).isEqualTo(state);
    assertThat(state.word()).isLowerCase();
  }

  @Test
  void words_are_qlibs() {
    assertThat(PART_DONE.word()).isEqualTo("part_done");
    assertThatThrownBy(() -> TaskState.ofWord("finished"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void done_failed_and_cancelled_are_final() {
    assertThat(TaskState.values())
        .filteredOn(TaskState::terminal)
        .containsExactly(DONE, FAILED, CANCELLED);
  }
}
