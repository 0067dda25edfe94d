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
 * that Windrow cannot follow, such as classes of one's own.
 *
 * <p>Keys on the top level that Qlib does not know are allowed, since anchors are kept there.
 */
public final class WorkflowParser {
  private static final List<String> QLIB_KEYS = List.of("model", "dataset", "reweighter", "record");

  /** An executor's own key, for tests and load: workers that do not offer it refuse the task. */
  private static final String NOOP = "noop";

  private static final List<String> TASK_KEYS =
      List.of("model", "dataset", "reweighter", "record", NOOP);
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
   * A workflow as far as it can be read.
   *
   * @param definitions the tasks, one for each template
   * @param invalid whether something is wrong, not just unavailable
   * @param problems what prevents it from being run
   * @param warnings what it would be run without
   */
  private record Reading(
      WorkflowLoader.Loaded loaded,
      Settings settings,
      List<Map<String, @Nullable Object>> definitions,
      Optional<DataCheck.Market> market,
      boolean invalid,
      List<WorkflowProblem> problems,
      List<WorkflowProblem> warnings) {}

  /** The same for a file that needs no other and no variables. */
  public Workflow parse(String text) {
    return parse(WorkflowSource.of(text));
  }

  /**
   * Reads and checks a workflow, its data's calendar and instrument list included. Reads the data's
   * files, and no other.
   *
   * @throws BaseFileMissing if it builds on a file that was not sent along
   * @throws WorkflowException with everything that prevents it from being run
   */
  public Workflow parse(WorkflowSource source) {
    Reading reading = read(source, true);
    if (!reading.problems().isEmpty() || reading.market().isEmpty()) {
      throw new WorkflowException(reading.problems());
    }
    DataCheck.Market market = reading.market().get();
    return new Workflow(
        reading.loaded().text(),
        reading.settings(),
        reading.definitions().stream().map(TaskDefinition::of).toList(),
        market.calendar(),
        market.knownDays(),
        reading.warnings(),
        reading.loaded().document()::locate);
  }

  /**
   * Says everything there is to say about a workflow.
   *
   * @param withData whether the data is looked at, too
   * @throws BaseFileMissing if it builds on a file that was not sent along
   */
  public Validation validate(WorkflowSource source, boolean withData) {
    try {
      Reading reading = read(source, withData);
      return new Validation(
          !reading.invalid(),
          reading.problems().isEmpty(),
          WorkflowException.inOrder(reading.problems()),
          WorkflowException.inOrder(reading.warnings()));
    } catch (WorkflowException e) {
      return new Validation(false, false, e.problems(), List.of());
    }
  }

  private Reading read(WorkflowSource source, boolean withData) {
    WorkflowLoader.Loaded loaded = WorkflowLoader.load(source);
    YamlDocument document = loaded.document();
    List<Problem> found = new ArrayList<>();
    Section root = Section.root(document.root(), found);
    Settings settings = Settings.read(root);
    Optional<DataCheck.Market> market = Optional.empty();
    List<Map<String, @Nullable Object>> definitions = new ArrayList<>();
    for (TaskEntry entry : TaskEntry.all(root)) {
      List<Problem> ofTask = new ArrayList<>();
      Map<String, @Nullable Object> definition = definition(entry.root(ofTask));
      if (entry.isThere()) {
        checkWork(definition, settings, withData, ofTask);
      }
      definition.put("record", asList(definition.get("record")));
      definitions.add(definition);
      if (withData) {
        market = dataCheck.check(definition, settings, ofTask);
      }
      new GridCheck(withData ? dataCheck : null).check(definition, settings, ofTask);
      ofTask.forEach(problem -> found.add(entry.locate(settings.judged(problem))));
    }
    TaskEntry.checkKeys(definitions, settings, found);

    boolean invalid = !document.problems().isEmpty();
    List<WorkflowProblem> problems = new ArrayList<>(document.problems());
    List<WorkflowProblem> warnings = new ArrayList<>();
    for (Problem problem : withoutRepeats(found)) {
      invalid |= problem.severity() == Problem.Severity.ERROR;
      (problem.prevents() ? problems : warnings)
          .add(document.locate(problem.path(), problem.message()));
    }
    for (String name : loaded.unused()) {
      warnings.add(
          new WorkflowProblem(
              1, "", "the variable " + name + " is given, but no {{ " + name + " }} uses it"));
    }
    return new Reading(loaded, settings, definitions, market, invalid, problems, warnings);
  }

  /** The task dict with {@code qlib_init}; its problems are reported under the file's paths. */
  private static Map<String, @Nullable Object> definition(Section root) {
    Map<String, @Nullable Object> definition = new LinkedHashMap<>();
    Section init = root.section("qlib_init");
    init.choice("region", REGIONS);
    definition.put("qlib_init", part(init, INIT_KEYS));
    Section task = root.section("task");
    boolean anyKey = task.has(ProcessTask.KEY);
    definition.putAll(part(task, anyKey ? List.copyOf(task.keys()) : TASK_KEYS));
    for (String key : task.keys()) {
      if (!anyKey && !TASK_KEYS.contains(key)) {
        task.problem(key, "is not known here" + Nearest.hint(key, QLIB_KEYS));
      }
    }
    return definition;
  }

  /** Adds what is wrong with what is run: the task, or each stage that it is made of. */
  private void checkWork(
      Map<String, @Nullable Object> definition,
      Settings settings,
      boolean withData,
      List<Problem> problems) {
    if (!settings.staged()) {
      problems.addAll(problems(definition));
      problems.addAll(StageCheck.references(definition, List.of()));
      return;
    }
    StageCheck.check(
        definition,
        settings.stages(),
        (work, found) -> {
          found.addAll(workProblems(work));
          if (withData) {
            dataCheck.check(work, settings, found);
          }
        },
        problems);
  }

  /** What is wrong with a task, under the file's paths. */
  static List<Problem> problems(Map<String, ?> definition) {
    List<Problem> problems = workProblems(definition);
    if (!ProcessTask.isOne(definition) && isEmptyList(definition.get("record"))) {
      problems.add(
          new Problem(
              "task.record",
              "is empty: without a SignalRecord the task leaves no predictions to collect"));
    }
    return problems;
  }

  private static boolean isEmptyList(@Nullable Object value) {
    return value instanceof List<?> list && list.isEmpty();
  }

  /** The same of a stage: another one may predict. */
  private static List<Problem> workProblems(Map<String, ?> definition) {
    Map<String, @Nullable Object> research = new LinkedHashMap<>(definition);
    research.remove(NOOP);
    List<Problem> found =
        ProcessTask.isOne(definition)
            ? ProcessTask.check(definition)
            : DefinitionValidator.check(research);
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : found) {
      String path =
          problem.path().startsWith("qlib_init") ? problem.path() : under("task", problem.path());
      problems.add(new Problem(path, problem.message(), problem.severity()));
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

  /** One problem a path: the first of the worst says best what is wrong. */
  private static List<Problem> withoutRepeats(List<Problem> problems) {
    Map<String, Problem> byPath = new LinkedHashMap<>();
    for (Problem problem : problems) {
      byPath.merge(
          problem.path(),
          problem,
          (first, next) -> next.severity().compareTo(first.severity()) < 0 ? next : first);
    }
    return List.copyOf(byPath.values());
  }
}
