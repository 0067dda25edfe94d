package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.run.DefinitionValidator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Qlib's workflow file. It accepts what Qlib accepts, except for what would make a difference
 * that Windrow cannot follow: templates, base files, classes of one's own.
 *
 * <p>Keys on the top level that Qlib does not know are allowed, since anchors are kept there.
 */
public final class WorkflowParser {
  private static final List<String> QLIB_KEYS = List.of("model", "dataset", "record");

  /** An executor's own key, for tests and load: workers that do not offer it refuse the task. */
  private static final String NOOP = "noop";

  private static final List<String> TASK_KEYS = List.of("model", "dataset", "record", NOOP);
  private static final List<String> INIT_KEYS = List.of("provider_uri", "region");

  /** Qlib's, its default first. */
  private static final List<String> REGIONS = List.of("cn", "us", "tw");

  private final DataCheck dataCheck;

  /**
   * @param roots where {@code provider_uri} may point
   */
  public WorkflowParser(DataRoots roots) {
    this.dataCheck = new DataCheck(roots);
  }

  /**
   * Reads and checks a workflow, its data's calendar and instrument list included. Reads files.
   *
   * @param source the file's text
   * @throws WorkflowException with every problem found
   */
  public Workflow parse(String source) {
    YamlDocument document = YamlReader.read(source);
    List<Problem> problems = new ArrayList<>();
    Section root = Section.root(document.root(), problems);
    rejectBaseFile(root);
    Settings settings = Settings.read(root);
    Map<String, @Nullable Object> definition = definition(root, problems);
    Optional<DataCheck.Market> market = dataCheck.check(definition, settings, problems);
    new GridCheck(dataCheck).check(definition, settings, problems);

    List<WorkflowProblem> all = new ArrayList<>(document.problems());
    for (Problem problem : withoutRepeats(problems)) {
      all.add(
          new WorkflowProblem(document.line(problem.path()), problem.path(), problem.message()));
    }
    if (!all.isEmpty() || market.isEmpty()) {
      throw new WorkflowException(all);
    }
    return new Workflow(
        source,
        settings,
        TaskDefinition.of(definition),
        market.get().calendar(),
        market.get().knownDays());
  }

  private static void rejectBaseFile(Section root) {
    if (root.has("BASE_CONFIG_PATH")) {
      root.problem(
          "BASE_CONFIG_PATH",
          "base files are not supported: copy the base file's text into this one");
    }
  }

  /** The task dict with {@code qlib_init}; its problems are reported under the file's paths. */
  private static Map<String, @Nullable Object> definition(Section root, List<Problem> problems) {
    Map<String, @Nullable Object> definition = new LinkedHashMap<>();
    Section init = root.section("qlib_init");
    init.choice("region", REGIONS);
    definition.put("qlib_init", part(init, INIT_KEYS));
    if (!root.has("task")) {
      root.section("task"); // says that it is missing
      return definition;
    }
    Section task = root.optionalSection("task");
    definition.putAll(part(task, TASK_KEYS));
    for (String key : task.keys()) {
      if (!TASK_KEYS.contains(key)) {
        task.problem(key, "is not known here" + Nearest.hint(key, QLIB_KEYS));
      }
    }
    problems.addAll(problems(definition));
    definition.put("record", asList(definition.get("record")));
    return definition;
  }

  /** What is wrong with a task, under the file's paths. */
  static List<Problem> problems(Map<String, ?> definition) {
    Map<String, @Nullable Object> research = new LinkedHashMap<>(definition);
    research.remove(NOOP);
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : DefinitionValidator.check(research)) {
      String path =
          problem.path().startsWith("qlib_init") ? problem.path() : under("task", problem.path());
      problems.add(new Problem(path, problem.message()));
    }
    return problems;
  }

  private static Map<String, @Nullable Object> part(Section section, List<String> keys) {
    Map<String, @Nullable Object> part = new LinkedHashMap<>();
    for (String key : keys) {
      if (section.has(key)) {
        part.put(key, section.raw(key));
      }
    }
    return part;
  }

  /** Qlib takes one record without a list around it. */
  private static List<?> asList(@Nullable Object record) {
    if (record == null) {
      return List.of();
    }
    return record instanceof List<?> list ? list : List.of(record);
  }

  private static String under(String parent, String path) {
    return path.isEmpty() ? parent : parent + "." + path;
  }

  /** One problem a path: the first says best what is wrong, others follow from it. */
  private static List<Problem> withoutRepeats(List<Problem> problems) {
    Map<String, Problem> byPath = new LinkedHashMap<>();
    problems.forEach(problem -> byPath.putIfAbsent(problem.path(), problem));
    return List.copyOf(byPath.values());
  }
}
