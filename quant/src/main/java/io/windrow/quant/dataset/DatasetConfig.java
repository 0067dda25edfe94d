package io.windrow.quant.dataset;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Problem.Severity;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A dataset as a definition describes it: Qlib's DatasetH.
 *
 * @param handler where the data comes from
 * @param segments named ranges of days; {@code train} and {@code test} are there, {@code valid} may
 *     be
 */
public record DatasetConfig(HandlerConfig handler, Map<String, DateRange> segments) {

  public static final String TRAIN = "train";
  public static final String VALID = "valid";
  public static final String TEST = "test";

  static final String SEGMENTS = "dataset.kwargs.segments.";

  private static final List<String> CLASSES = List.of("DatasetH");

  public DatasetConfig {
    segments = Map.copyOf(segments);
  }

  /** Names of the classes that may be used. */
  public static List<String> known() {
    return CLASSES;
  }

  /** Reads {@code {class, module_path, kwargs}}; empty after reporting what makes it unusable. */
  public static Optional<DatasetConfig> read(Section section) {
    Optional<String> name = ClassName.read(section, "dataset", CLASSES);
    Section kwargs = section.section("kwargs");
    section.rejectOthers();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<HandlerConfig> handler = Optional.empty();
    if (kwargs.raw("handler") instanceof String) {
      kwargs.problem("handler", "must be a map {class, kwargs}: stored handlers are not read");
    } else {
      handler = HandlerConfig.read(kwargs.section("handler"));
    }
    Map<String, DateRange> segments = segments(kwargs.section("segments"));
    kwargs.rejectOthers();
    return handler.map(config -> new DatasetConfig(config, segments));
  }

  /**
   * What a dataset needs and its data lacks, as far as the definition can be read: market,
   * instruments, fields, trading days. Nothing is computed.
   *
   * @param section {@code {class, module_path, kwargs}}
   */
  public static List<Problem> lacking(Section section, DataStore data) {
    List<Problem> lacking = new ArrayList<>();
    read(section).ifPresent(config -> lacking.addAll(DataNeeds.check(config.handler(), data)));
    TradingCalendar calendar = data.calendar();
    segments(section.optionalSection("kwargs").optionalSection("segments"))
        .forEach(
            (name, days) -> {
              if (!days.holdsOneOf(calendar)) {
                lacking.add(
                    new Problem(
                        SEGMENTS + name,
                        "holds no trading day: the segment is %s, the calendar of the data runs"
                                .formatted(days)
                            + " from %s to %s".formatted(calendar.first(), calendar.last())));
              }
            });
    return lacking;
  }

  /**
   * What a run lacks that needs these segments; more than {@link #lacking} tells of a workflow,
   * whose handler's days may still be moved with each window.
   */
  public List<Problem> lacking(List<String> needed, DataStore data) {
    List<Problem> lacking = new ArrayList<>(DataNeeds.check(handler, data));
    for (String segment : needed) {
      if (segments.containsKey(segment) && !visible(segment).holdsOneOf(data.calendar())) {
        lacking.add(
            new Problem(
                SEGMENTS + segment,
                "has no rows: it is %s, the handler's days are %s, the calendar runs from %s to %s"
                    .formatted(
                        segments.get(segment),
                        handler.days(),
                        data.calendar().first(),
                        data.calendar().last())));
      }
    }
    return lacking;
  }

  /** The days of a segment that the handler has; there may be none. */
  DateRange visible(String segment) {
    return Objects.requireNonNull(segments.get(segment), segment).intersect(handler.days());
  }

  /** What is allowed and hardly meant: features of the future, tests on what was learnt. */
  public List<Problem> doubts() {
    List<Problem> doubts = new ArrayList<>();
    WrittenExpressions.of(handler).forEach(each -> each.lookingAhead().ifPresent(doubts::add));
    addOverlaps(VALID, List.of(TRAIN), doubts);
    addOverlaps(TEST, List.of(TRAIN, VALID), doubts);
    return doubts;
  }

  private void addOverlaps(String segment, List<String> fitted, List<Problem> doubts) {
    DateRange days = segments.getOrDefault(segment, DateRange.NONE);
    List<String> shared = new ArrayList<>();
    for (String other : fitted) {
      DateRange both = segments.getOrDefault(other, DateRange.NONE).intersect(days);
      if (!both.isEmpty()) {
        shared.add(both + " with " + other);
      }
    }
    if (!shared.isEmpty()) {
      doubts.add(
          new Problem(
              SEGMENTS + segment,
              "shares days, %s: figures on days that a model was fitted to say little"
                  .formatted(String.join(", ", shared)),
              Severity.DOUBT));
    }
  }

  private static Map<String, DateRange> segments(Section section) {
    Map<String, DateRange> segments = new TreeMap<>();
    for (String name : section.keys()) {
      section.range(name).ifPresent(range -> segments.put(name, range));
    }
    for (String needed : List.of(TRAIN, TEST)) {
      if (!section.keys().contains(needed)) {
        section.problem(needed, "is missing; a pair [first day, last day] is expected here");
      }
    }
    return segments;
  }
}
