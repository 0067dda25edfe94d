package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkflowDiffTest {

  @Test
  void names_the_paths_that_changed_came_and_went() {
    WorkflowDiff diff =
        WorkflowDiff.between(
            """
            task:
              model: {class: LGBModel, kwargs: {lr: 0.1, depth: 8}}
              record: [{class: SignalRecord}, {class: SigAnaRecord, n: 1}]
              segments: {train: [2017-01-01, 2018-12-31]}
            old: {a: 1}
            """,
            """
            task:
              model: {class: LGBModel, kwargs: {lr: 0.2, leaves: 31, depth: 8}}
              record: [{class: SignalRecord}, {class: SigAnaRecord, n: null}, {class: PortAnaRecord}]
              segments: {train: [2017-01-01, 2019-12-31]}
            """);

    assertThat(diff.changed())
        .containsExactly(
            new WorkflowDiff.Changed("task.model.kwargs.lr", 0.1, 0.2),
            new WorkflowDiff.Changed("task.record.1.n", 1L, null),
            new WorkflowDiff.Changed(
                "task.segments.train",
                List.of("2017-01-01", "2018-12-31"),
                List.of("2017-01-01", "2019-12-31")));
    assertThat(diff.added())
        .containsExactly(
            new WorkflowDiff.Single("task.model.kwargs.leaves", 31L),
            new WorkflowDiff.Single("task.record.2", Map.of("class", "PortAnaRecord")));
    assertThat(diff.removed()).containsExactly(new WorkflowDiff.Single("old", Map.of("a", 1L)));
  }

  @Test
  void the_order_of_keys_and_the_notation_are_no_difference() {
    WorkflowDiff diff = WorkflowDiff.between("a: {b: 1, c: [x]}\n", "a:\n  c: ['x']\n  b: 1\n");

    assertThat(diff.changed()).isEmpty();
    assertThat(diff.added()).isEmpty();
    assertThat(diff.removed()).isEmpty();
  }

  @Test
  void an_empty_list_is_compared_as_a_whole() {
    WorkflowDiff diff = WorkflowDiff.between("a: []\n", "a: [{b: 1}]\n");

    assertThat(diff.changed())
        .containsExactly(new WorkflowDiff.Changed("a", List.of(), List.of(Map.of("b", 1L))));
  }
}
