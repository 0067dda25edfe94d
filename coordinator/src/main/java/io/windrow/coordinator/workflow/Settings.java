package io.windrow.coordinator.workflow;

import io.windrow.message.Topics;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.task.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The {@code windrow} section of a workflow, every key of which is optional.
 *
 * @param experiment name of the experiment; {@code experiment_name} of the file, else {@code
 *     workflow}, as in Qlib
 * @param pool name of the pool; the experiment's, as in Qlib
 * @param queue name of the queue; {@code default}
 * @param priority higher first; 0
 * @param generation how tasks are made of the task; without grid, horizons and rolling it is one
 * @param collect how results are put together, see {@code CollectSettings}; Qlib's rolling ensemble
 * @param stages what each task is made of, with the terms it is tried again on: 3 times, as the
 *     cluster says, of any length
 * @param dependsOn what each task waits for; nothing
 * @param strict whether what is hardly meant is refused; there is a warning only
 */
public record Settings(
    String experiment,
    String pool,
    String queue,
    int priority,
    GenerationSettings generation,
    Map<String, Object> collect,
    List<Stage> stages,
    List<DependencySettings> dependsOn,
    boolean strict) {
  private static final String SECTION = "windrow";
  private static final int MAX_PRIORITY = 1_000_000;

  /** A text that begins with a dollar sign is the name of a field where a store groups by it. */
  private static final Pattern NAME = Pattern.compile("(?!\\$)[^\\p{Cntrl}/]{1,200}");

  public Settings {
    collect = Map.copyOf(collect);
    stages = List.copyOf(stages);
    dependsOn = List.copyOf(dependsOn);
  }

  /** Whether the workflow declares stages. */
  boolean staged() {
    return !stages.get(0).isOnly();
  }

  static Settings read(Section root) {
    Section section = root.optionalSection(SECTION);
    String qlibName = name(root, "experiment_name", "workflow");
    String experiment = name(section, "experiment", qlibName);
    GenerationSettings generation = GenerationSettings.read(section);
    String queue = queue(section, "default");
    Settings settings =
        new Settings(
            experiment,
            name(section, "pool", experiment),
            queue,
            section.integer("priority", 0, -MAX_PRIORITY, MAX_PRIORITY),
            generation,
            keyed(
                CollectSection.read(section.optionalSection("collect"), root.raw("task")),
                generation),
            StageSection.read(section, queue, TermsSection.read(section)),
            DependencySection.read(section),
            section.flag("strict", false));
    section.rejectOthers();
    return settings;
  }

  /** Unless the file says otherwise, the points of a grid do not take each other's place. */
  private static Map<String, Object> keyed(
      Map<String, Object> collect, GenerationSettings generation) {
    List<String> key = generation.seriesKey();
    if (key.size() == 1) {
      return collect;
    }
    Map<String, Object> keyed = new LinkedHashMap<>(collect);
    keyed.putIfAbsent("key", key);
    return keyed;
  }

  private static String name(Section section, String key, String absent) {
    String name = section.text(key).orElse(absent);
    if (!NAME.matcher(name).matches()) {
      section.problem(
          key,
          "must be 1 to 200 characters without '/', control characters and a '$' at the begin");
      return absent;
    }
    return name;
  }

  static String queue(Section section, String absent) {
    String queue = section.text("queue").orElse(absent);
    if (!Topics.isQueue(queue)) {
      section.problem(
          "queue",
          Section.quote(queue)
              + " cannot be a queue: use 1 to 63 of a-z 0-9 . _ - beginning with a letter or"
              + " digit, not 'deadletter'");
      return absent;
    }
    return queue;
  }

  /** A problem as it counts in this workflow. */
  Problem judged(Problem problem) {
    return strict && problem.severity() == Problem.Severity.DOUBT
        ? new Problem(problem.path(), problem.message() + " (windrow.strict is true)")
        : problem;
  }
}
