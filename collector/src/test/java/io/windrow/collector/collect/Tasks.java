package io.windrow.collector.collect;

import io.windrow.collector.intake.Collected;
import io.windrow.pool.Submission;
import io.windrow.task.Attempt;
import io.windrow.task.Lease;
import io.windrow.task.NewTask;
import io.windrow.task.Progress;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.TaskResult;
import io.windrow.task.TaskState;
import io.windrow.task.Terms;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tasks, rows and submissions as the stores would give them. */
final class Tasks {
  static final Instant T0 = Instant.parse("2026-01-05T08:00:00Z");

  private Tasks() {}

  static Submission submission(Submission.State state, String... taskIds) {
    return new Submission(
        "s1",
        "pool",
        "experiment",
        "default",
        "",
        LocalDate.of(2020, 1, 31),
        List.of(taskIds),
        Map.of(),
        state,
        T0);
  }

  static Map<String, Object> definition(String model, @Nullable String... test) {
    return Map.of(
        "model",
        Map.of("class", model),
        "dataset",
        Map.of(
            "kwargs",
            Map.of(
                "segments",
                Map.of("train", List.of("2018-01-01", "2018-12-31"), "test", Arrays.asList(test)))),
        "record",
        List.of(Map.of("class", "SignalRecord"), Map.of("class", "SigAnaRecord")));
  }

  static Task task(String id, TaskState state, String... test) {
    return task(id, state, definition("LGBModel", test), null);
  }

  static Task task(
      String id, TaskState state, Map<String, Object> definition, @Nullable String supersededBy) {
    List<Attempt> history =
        switch (state) {
          case DONE ->
              List.of(new Attempt(1, "w1", T0, T0.plusSeconds(5), "done", null, null, null, null));
          case FAILED ->
              List.of(
                  new Attempt(
                      2,
                      "w1",
                      T0,
                      T0.plusSeconds(5),
                      "failed",
                      "DataException",
                      "no bars",
                      null,
                      null));
          default -> List.of();
        };
    NewTask asked =
        new NewTask(
            "pool",
            "experiment",
            "s1",
            0,
            0,
            definition,
            null,
            List.of(),
            List.of(Stage.only("default", Terms.DEFAULT)));
    Progress progress =
        new Progress(
            1,
            T0,
            false,
            false,
            state == TaskState.RUNNING ? new Lease("w1", "c", 0, T0) : null,
            history,
            List.of(),
            state == TaskState.DONE ? new TaskResult("rec-" + id, "c", Map.of("IC", 0.1)) : null);
    return new Task(id, asked, state, 7, progress, supersededBy, T0, T0);
  }

  static Collected row(String taskId, String recorder) {
    return new Collected(
        taskId,
        7,
        TaskState.DONE,
        "pool",
        "experiment",
        "s1",
        recorder,
        Map.of("IC", 0.1, "best_iteration", 12.0),
        T0);
  }

  static <T> Map<String, T> byId(Function<T, String> id, List<T> all) {
    Map<String, T> map = new HashMap<>();
    all.forEach(one -> map.put(id.apply(one), one));
    return map;
  }
}
