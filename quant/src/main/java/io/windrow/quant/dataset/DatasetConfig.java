package io.windrow.quant.dataset;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.definition.Section;
import java.util.List;
import java.util.Map;
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
