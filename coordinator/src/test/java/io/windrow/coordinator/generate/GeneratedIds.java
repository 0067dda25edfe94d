package io.windrow.coordinator.generate;

import io.windrow.task.TaskId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints the ids of tasks made by all generators. Its maps have another order in each JVM, since
 * that of {@code Map.of} is salted.
 */
public final class GeneratedIds {
  private GeneratedIds() {}

  /** One id a line. */
  public static void main(String... args) {
    ids().forEach(System.out::println);
  }

  static List<String> ids() {
    TimeAdjuster adjuster = new TimeAdjuster(NyseCalendar.days());
    TaskDefinition template =
        TaskDefinition.of(
            Map.of(
                "model",
                Map.of(
                    "class",
                    "LGBModel",
                    "kwargs",
                    Map.of("learning_rate", 0.2, "max_depth", 8, "note", "İı é 数")),
                "dataset",
                Map.of(
                    "kwargs",
                    Map.of(
                        "handler",
                        Map.of(
                            "class",
                            "Alpha158",
                            "kwargs",
                            Map.of("start_time", "2008-01-01", "end_time", "2020-08-01")),
                        "segments",
                        Map.of(
                            "train", List.of("2008-01-01", "2014-12-31"),
                            "valid", List.of("2015-01-01", "2016-12-31"),
                            "test", List.of("2017-01-01", "2020-08-01"))))));
    Map<List<String>, List<?>> grid = new LinkedHashMap<>();
    grid.put(List.of("model", "kwargs", "learning_rate"), List.of(0.05, 0.1));
    grid.put(List.of("model", "kwargs", "max_depth"), List.of(4, 8));
    return TaskGen.tasks(
            List.of(template),
            List.of(
                new GridGen(grid),
                new MultiHorizonGen(adjuster, List.of(5, 20), 2),
                new RollingGen(adjuster, adjuster.max(), 40, RollType.EXPANDING, null)))
        .map(task -> TaskId.of("pool", "experiment", task.json(), null, List.of()))
        .toList();
  }
}
