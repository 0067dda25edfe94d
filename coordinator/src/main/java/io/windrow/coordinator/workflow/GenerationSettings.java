package io.windrow.coordinator.workflow;

import io.windrow.coordinator.generate.GridGen;
import io.windrow.coordinator.generate.MultiHorizonGen;
import io.windrow.coordinator.generate.RollType;
import io.windrow.coordinator.generate.RollingGen;
import io.windrow.coordinator.generate.TaskGen;
import io.windrow.coordinator.generate.TimeAdjuster;
import io.windrow.quant.definition.Section;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How tasks are made of the task: first a task for each point of the grid, of these one for each
 * horizon, of these the windows. So the windows of one series come one after another.
 *
 * @param grid values by the place they are put in; empty for none
 * @param horizons null leaves the label alone
 * @param rolling how windows are made; null makes none
 */
public record GenerationSettings(
    Map<List<String>, List<?>> grid,
    @Nullable HorizonSettings horizons,
    @Nullable RollingSettings rolling) {
  static final List<String> LABEL = List.of("dataset", "kwargs", "handler", "kwargs", "label");
  private static final String MODEL = "model.class";
  private static final int MAX_DAYS = 100_000;

  /** In file order of the grid. */
  public GenerationSettings {
    grid = Collections.unmodifiableMap(grid);
  }

  /**
   * The generators, in the order they are applied.
   *
   * @param adjuster over the trading days, future ones included if they are known
   * @param lastDay last day that has data
   */
  public List<TaskGen> generators(TimeAdjuster adjuster, LocalDate lastDay) {
    List<TaskGen> generators = new ArrayList<>();
    if (!grid.isEmpty()) {
      generators.add(new GridGen(grid));
    }
    if (horizons != null) {
      generators.add(new MultiHorizonGen(adjuster, horizons.values(), horizons.labelLeak()));
    }
    if (rolling != null) {
      generators.add(
          new RollingGen(adjuster, lastDay, rolling.step(), rolling.type(), rolling.truncDays()));
    }
    return generators;
  }

  /**
   * The places whose values tell one series of windows from another, with dots: the model's class,
   * those of the grid, and the label if there are horizons.
   */
  public List<String> seriesKey() {
    Set<String> places = new LinkedHashSet<>();
    places.add(MODEL);
    grid.keySet().forEach(place -> places.add(String.join(".", place)));
    if (horizons != null) {
      places.add(String.join(".", LABEL));
    }
    return List.copyOf(places);
  }

  /** The windows that are hardest to make: no grid, and the longest horizon only. */
  GenerationSettings hardest() {
    return new GenerationSettings(
        Map.of(),
        horizons == null
            ? null
            : new HorizonSettings(
                List.of(Collections.max(horizons.values())), horizons.labelLeak()),
        rolling);
  }

  static GenerationSettings read(Section windrow) {
    HorizonSettings horizons =
        windrow.has("horizons") ? horizons(windrow.optionalSection("horizons")) : null;
    return new GenerationSettings(
        windrow.has("grid") ? GridReader.read(windrow, horizons != null) : Map.of(),
        horizons,
        windrow.has("rolling") ? rolling(windrow.optionalSection("rolling")) : null);
  }

  private static RollingSettings rolling(Section section) {
    RollingSettings rolling =
        new RollingSettings(
            section.integer("step", 40, 1, MAX_DAYS),
            RollType.valueOf(
                section.choice("type", List.of("expanding", "sliding")).toUpperCase(Locale.ROOT)),
            section.has("trunc_days") ? section.integer("trunc_days", 0, 0, MAX_DAYS) : null);
    section.rejectOthers();
    return rolling;
  }

  private static @Nullable HorizonSettings horizons(Section section) {
    Set<Integer> values = new LinkedHashSet<>();
    List<?> items = section.list("values");
    if (items.isEmpty()) {
      section.problem("values", "must list the horizons in trading days, for example [5, 10]");
    }
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      boolean whole = item instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue());
      int days = whole ? ((Number) item).intValue() : 0;
      if (days < 1 || days > MAX_DAYS) {
        section.problem(
            "values." + i,
            "must be a whole number of trading days from 1 to "
                + MAX_DAYS
                + ", not "
                + Section.quote(item));
      } else if (!values.add(days)) {
        section.problem("values." + i, "is the horizon " + days + " again");
      }
    }
    int leak = section.integer("label_leak_n", MultiHorizonGen.LABEL_LEAK, 0, MAX_DAYS);
    section.rejectOthers();
    return values.isEmpty() ? null : new HorizonSettings(List.copyOf(values), leak);
  }
}
