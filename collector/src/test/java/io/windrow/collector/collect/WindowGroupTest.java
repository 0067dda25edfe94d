package io.windrow.collector.collect;

import static io.windrow.collector.collect.Tasks.definition;
import static io.windrow.collector.collect.Tasks.row;
import static io.windrow.collector.collect.Tasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.collector.intake.Collected;
import io.windrow.pool.CollectSettings;
import io.windrow.pool.Submission.State;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WindowGroupTest {

  @Test
  void groupsByModel() {
    List<WindowGroup> groups =
        groups(
            done("a", definition("LGBModel", "2020-01-01", "2020-01-31")),
            done("b", definition("LinearModel", "2020-01-01", "2020-01-31")),
            done("c", definition("LGBModel", "2020-02-01", null)));

    assertThat(groups)
        .extracting(WindowGroup::key)
        .containsExactly(List.of("LGBModel"), List.of("LinearModel"));
    assertThat(groups)
        .extracting(WindowGroup::recorders)
        .containsExactly(List.of("rec-a", "rec-c"), List.of("rec-b"));
  }

  @Test
  void numbersGroupsBeforeTheirWindowsAreDone() {
    List<WindowGroup> groups =
        groups(
            task(
                "a",
                TaskState.WAITING,
                definition("LinearModel", "2020-01-01", "2020-01-31"),
                null),
            done("b", definition("LGBModel", "2020-01-01", "2020-01-31")));

    assertThat(groups)
        .extracting(WindowGroup::key)
        .containsExactly(List.of("LinearModel"), List.of("LGBModel"));
    assertThat(groups.get(0).windows()).isEmpty();
  }

  @Test
  void saysWhichTaskALaterOneOfTheSameKeyReplaces() {
    List<WindowGroup> groups =
        groups(
            done("a", definition("LGBModel", "2020-01-01", "2020-01-31")),
            done("b", definition("LGBModel", "2020-01-01", "2020-01-31")));

    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).recorders()).containsExactly("rec-b");
    assertThat(groups.get(0).shadowed()).containsExactly("a");
  }

  @Test
  void keepsHorizonsOfOneModelApart() {
    List<WindowGroup> groups = groups(done("a", horizon(5)), done("b", horizon(10)));

    assertThat(groups)
        .extracting(WindowGroup::key)
        .containsExactly(
            List.of("LGBModel", "Ref($close,-5)"), List.of("LGBModel", "Ref($close,-10)"));
    assertThat(groups).allMatch(group -> group.shadowed().isEmpty());
  }

  @Test
  void takesDeclaredPathsAsKeys() {
    CollectSettings byTrain =
        CollectSettings.of(
            Map.of(
                "key",
                List.of("dataset.kwargs.segments.train", "record.1.class", "model.class", "noop")));

    Map<String, Object> noop = new HashMap<>(definition("LGBModel", "2020-01-01", "2020-01-31"));
    noop.put("noop", 1);
    assertThat(groups(byTrain, done("a", noop)))
        .extracting(WindowGroup::key)
        .containsExactly(
            List.of("[\"2018-01-01\",\"2018-12-31\"]", "SigAnaRecord", "LGBModel", "1"));
  }

  @Test
  void namesTheNearestPathOfOneThatNoTaskHas() {
    CollectSettings wrong = CollectSettings.of(Map.of("key", "modle.class"));

    assertThatThrownBy(
            () -> groups(wrong, done("a", definition("LGBModel", "2020-01-01", "2020-01-31"))))
        .isInstanceOf(UnknownKeyException.class)
        .hasMessageContaining("'modle.class' (did you mean 'model.class'?)");
  }

  @Test
  void leavesWindowsByThemselvesIfTheyAreNotRolled() {
    assertThat(
            groups(
                CollectSettings.of(Map.of("ensemble", "average")),
                done("a", definition("LGBModel", "2020-01-01", "2020-01-31")),
                done("b", definition("LGBModel", "2020-02-01", "2020-02-29"))))
        .extracting(WindowGroup::key)
        .containsExactly(
            List.of("LGBModel", "2020-01-01..2020-01-31"),
            List.of("LGBModel", "2020-02-01..2020-02-29"));
  }

  @Test
  void doesNotMixUpWindowsWithoutTestSegment() {
    List<WindowGroup> groups = groups(done("a", Map.of("noop", 1)), done("b", Map.of("noop", 2)));

    assertThat(groups).hasSize(1);
    assertThat(groups.get(0).recorders()).containsExactly("rec-a", "rec-b");
    assertThat(groups.get(0).windows()).noneMatch(window -> window.plan().predicts());
  }

  private static Task done(String id, Map<String, Object> definition) {
    return task(id, TaskState.DONE, definition, null);
  }

  private static List<WindowGroup> groups(Task... tasks) {
    return groups(CollectSettings.DEFAULT, tasks);
  }

  private static List<WindowGroup> groups(CollectSettings settings, Task... tasks) {
    List<Collected> rows = Stream.of(tasks).map(t -> row(t.id(), "rec-" + t.id())).toList();
    Progress progress =
        Progress.of(
            Tasks.submission(State.INSERTED, Stream.of(tasks).map(Task::id).toArray(String[]::new)),
            Tasks.byId(Task::id, List.of(tasks)),
            Tasks.byId(Collected::taskId, rows));
    return WindowGroup.of(
        progress,
        GroupKeys.of(settings, progress.plans()),
        settings.ensembles().contains(CollectSettings.Ensemble.ROLLING));
  }

  private static Map<String, Object> horizon(int days) {
    Map<String, Object> definition =
        new HashMap<>(definition("LGBModel", "2020-01-01", "2020-01-31"));
    Map<?, ?> kwargs = (Map<?, ?>) ((Map<?, ?>) definition.get("dataset")).get("kwargs");
    definition.put(
        "dataset",
        Map.of(
            "kwargs",
            Map.of(
                "segments",
                Objects.requireNonNull(kwargs.get("segments")),
                "handler",
                Map.of("kwargs", Map.of("label", List.of("Ref($close,-" + days + ")"))))));
    return definition;
  }
}
