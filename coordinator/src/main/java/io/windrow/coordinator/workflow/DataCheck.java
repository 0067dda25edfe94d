package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.CalendarException;
import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.generate.TaskGen;
import io.windrow.coordinator.generate.TimeAdjuster;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.run.DefinitionValidator;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a task against its data: folder, calendar, instruments, records, segments, first window.
 */
final class DataCheck {
  private static final String PROVIDER = "qlib_init.provider_uri";
  private static final String SEGMENTS = "task.dataset.kwargs.segments";
  private static final String HANDLER = "task.dataset.kwargs.handler.kwargs";

  private static final String ROLLING = "windrow.rolling";
  private static final String HORIZONS = "windrow.horizons";

  private final DataRoots roots;

  /**
   * What tasks are generated on.
   *
   * @param calendar the days that have data
   * @param knownDays the days known ahead, or the same
   */
  record Market(TradingCalendar calendar, TradingCalendar knownDays) {}

  DataCheck(DataRoots roots) {
    this.roots = roots;
  }

  /**
   * Adds what is wrong to {@code problems}, under the file's paths.
   *
   * @param definition the task, of which any part may be missing or of the wrong type
   * @return empty if the data cannot be read
   */
  Optional<Market> check(
      Map<String, @Nullable Object> definition, Settings settings, List<Problem> problems) {
    return open(definition, problems).map(store -> check(definition, store, settings, problems));
  }

  private static Market check(
      Map<String, @Nullable Object> definition,
      DataStore store,
      Settings settings,
      List<Problem> problems) {
    Market market = new Market(store.calendar(), store.futureCalendar().orElseGet(store::calendar));
    Section dataset = quiet(definition).optionalSection("dataset").optionalSection("kwargs");
    checkNeeds(definition, store, problems);
    if (checkRolling(dataset, settings, problems)) {
      checkFirstWindow(definition, settings.generation(), market, problems);
    }
    return market;
  }

  /** The data of a definition; what is wrong with it is added to {@code problems}. */
  Optional<DataStore> open(Map<String, ?> definition, List<Problem> problems) {
    Section init = quiet(definition).optionalSection("qlib_init");
    Optional<String> uri = init.text("provider_uri");
    if (uri.isEmpty()) {
      problems.add(
          new Problem(PROVIDER, "must be a text: the folder of the data in Qlib's layout"));
      return Optional.empty();
    }
    try {
      return Optional.of(DataStore.open(roots.resolve(uri.get())));
    } catch (DataException e) {
      problems.add(new Problem(PROVIDER, e.getMessage()));
      return Optional.empty();
    }
  }

  /** Adds what the task needs and the data lacks, under the file's paths. */
  static void checkNeeds(Map<String, ?> definition, DataStore store, List<Problem> problems) {
    DefinitionValidator.checkData(definition, store).stream()
        .map(
            problem -> new Problem("task." + problem.path(), problem.message(), problem.severity()))
        .forEach(problems::add);
  }

  /** Whether the segments are good enough to roll. */
  private static boolean checkRolling(Section dataset, Settings settings, List<Problem> problems) {
    int before = problems.size();
    Section section = dataset.optionalSection("segments");
    if (!section.keys().stream().allMatch(name -> section.range(name).isPresent())) {
      return false; // already reported by the definition's own check
    }
    Optional<DateRange> test = section.range("test");
    if (test.isEmpty()) {
      return false; // reported, too
    }
    if (settings.generation().rolling() != null && test.get().first() == null) {
      problems.add(
          new Problem(SEGMENTS + ".test", "rolling needs a first day of the test segment"));
    }
    return problems.size() == before
        && problems.stream().noneMatch(problem -> problem.path().startsWith(SEGMENTS));
  }

  /** Later windows are as good, since they are shifts of the first. */
  private static void checkFirstWindow(
      Map<String, @Nullable Object> definition,
      GenerationSettings generation,
      Market market,
      List<Problem> problems) {
    TaskDefinition task = TaskDefinition.of(definition);
    if (generation.horizons() != null && !task.hasHandlerKwargs()) {
      problems.add(
          new Problem(
              HORIZONS,
              "set the handler's label: describe the handler in place, with class and kwargs"));
      return;
    }
    try {
      List<TaskGen> generators =
          generation
              .hardest()
              .generators(new TimeAdjuster(market.knownDays()), market.calendar().last());
      if (TaskGen.tasks(List.of(task), generators).findFirst().isEmpty()) {
        problems.add(new Problem(blamed(generation), "makes no task"));
      }
    } catch (CalendarException e) {
      problems.add(new Problem(blamed(generation), String.valueOf(e.getMessage())));
    } catch (DateTimeParseException e) {
      problems.add(
          new Problem(
              HANDLER + ".end_time",
              "must be a date like 2020-01-31, not '" + e.getParsedString() + "'"));
    }
  }

  private static String blamed(GenerationSettings generation) {
    RollingSettings rolling = generation.rolling();
    if (rolling != null && rolling.truncDays() != null) {
      return ROLLING + ".trunc_days";
    }
    return generation.horizons() == null ? ROLLING : HORIZONS;
  }

  /** Types are checked, and complained about, by the definition's own check. */
  private static Section quiet(Map<String, ?> definition) {
    return Section.root(definition, new ArrayList<>());
  }
}
