package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.CalendarException;
import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.generate.TaskGen;
import io.windrow.coordinator.generate.TimeAdjuster;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Universe;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.quant.run.DefinitionValidator;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  /** Qlib's handlers take it when they are not told. */
  private static final String DEFAULT_MARKET = "csi500";

  /** Absent instruments that are named. */
  private static final int SHOWN = 10;

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
    checkInstruments(dataset, store, problems);
    checkRecords(definition, store, problems);
    if (checkSegments(dataset, market, settings, problems)) {
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

  /** Adds what is wrong with a handler's instruments, under the file's paths. */
  static void checkInstruments(Section dataset, DataStore store, List<Problem> problems) {
    if (!(dataset.raw("handler") instanceof Map)) {
      return;
    }
    Object instruments =
        dataset.optionalSection("handler").optionalSection("kwargs").raw("instruments");
    try {
      if (instruments instanceof List<?> list) {
        checkHeld(store.universe(list.stream().map(String::valueOf).toList()), store, problems);
      } else if (instruments instanceof Map<?, ?> map) {
        store.universe(String.valueOf(map.get("market")));
      } else {
        store.universe(instruments == null ? DEFAULT_MARKET : instruments.toString());
      }
    } catch (DataException | IllegalArgumentException e) {
      problems.add(new Problem(HANDLER + ".instruments", String.valueOf(e.getMessage())));
    }
  }

  /** Adds what the records need and the data lacks, under the file's paths. */
  static void checkRecords(Map<String, ?> definition, DataStore store, List<Problem> problems) {
    DefinitionValidator.checkRecords(definition, store).stream()
        .map(problem -> new Problem("task." + problem.path(), problem.message()))
        .forEach(problems::add);
  }

  /** Qlib leaves out what it has no bars of, which hides a slip of the pen. */
  private static void checkHeld(Universe universe, DataStore store, List<Problem> problems) {
    List<String> absent =
        universe.symbols().stream().filter(symbol -> !store.holds(symbol)).toList();
    if (!absent.isEmpty()) {
      String named = String.join(", ", absent.subList(0, Math.min(SHOWN, absent.size())));
      int more = absent.size() - SHOWN;
      problems.add(
          new Problem(
              HANDLER + ".instruments",
              "the data has no bars of "
                  + named
                  + (more > 0 ? " and " + more + " more" : "")
                  + ": correct the symbols or leave them out"));
    }
  }

  /** Whether the segments are good enough to roll. */
  private static boolean checkSegments(
      Section dataset, Market market, Settings settings, List<Problem> problems) {
    int before = problems.size();
    Map<String, DateRange> segments = new LinkedHashMap<>();
    Section section = dataset.optionalSection("segments");
    for (String name : section.keys()) {
      Optional<DateRange> range = section.range(name);
      if (range.isEmpty()) {
        return false; // already reported by the definition's own check
      }
      segments.put(name, range.get());
      checkSegment(SEGMENTS + "." + name, range.get(), market.calendar(), problems);
    }
    DateRange test = segments.get("test");
    if (test == null) {
      return false; // reported, too
    }
    if (settings.generation().rolling() != null && test.first() == null) {
      problems.add(
          new Problem(SEGMENTS + ".test", "rolling needs a first day of the test segment"));
    }
    return problems.size() == before;
  }

  private static void checkSegment(
      String path, DateRange range, TradingCalendar calendar, List<Problem> problems) {
    int first = range.first() == null ? 0 : calendar.ceiling(range.first());
    int last = range.last() == null ? calendar.size() - 1 : calendar.floor(range.last());
    if (first > last && !range.isEmpty()) {
      problems.add(
          new Problem(
              path,
              "holds no trading day: the segment is "
                  + range
                  + ", the calendar of the data runs from "
                  + calendar.first()
                  + " to "
                  + calendar.last()));
    }
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
