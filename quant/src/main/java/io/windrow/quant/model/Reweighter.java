package io.windrow.quant.model;

import io.windrow.quant.definition.ClassName;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import io.windrow.quant.evaluate.Correlation;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Gives the rows of a segment their weights: {@code task.reweighter}. Qlib takes an object there
 * and ships none that a file could name, so these are Windrow's own.
 */
public sealed interface Reweighter {

  /** Where it stands in a task. */
  String KEY = "reweighter";

  /** The classes that a definition may name. */
  List<String> KNOWN = List.of("TimeDecayReweighter", "RankReweighter");

  /**
   * One weight a row, in the order of the rows; not negative, at least one positive.
   *
   * @throws DefinitionException if the panel lacks what it needs
   */
  double[] weights(FeatureLabelPanel panel);

  /** Reads {@code reweighter} of a task; empty if there is none, or after reporting a problem. */
  static Optional<Reweighter> read(Section task) {
    if (!task.has(KEY)) {
      return Optional.empty();
    }
    Section section = task.optionalSection(KEY);
    Optional<String> name = ClassName.read(section, KEY, KNOWN);
    Section kwargs = section.optionalSection("kwargs");
    section.rejectOthers();
    Optional<Reweighter> reweighter =
        name.flatMap(
            known -> known.equals(KNOWN.get(0)) ? TimeDecay.read(kwargs) : ByRank.read(kwargs));
    if (name.isPresent()) {
      kwargs.rejectOthers();
    }
    return reweighter;
  }

  /**
   * Old rows count less: 0.5^(age / half-life), the age in calendar days before the segment's last
   * day.
   *
   * @param halfLife in calendar days, positive
   */
  record TimeDecay(double halfLife) implements Reweighter {
    private static final String HALF_LIFE = "half_life";

    private static Optional<Reweighter> read(Section kwargs) {
      double halfLife = kwargs.number(HALF_LIFE, Double.NaN);
      if (!kwargs.has(HALF_LIFE)) {
        kwargs.problem(HALF_LIFE, "is missing: the calendar days in which a row's weight halves");
      } else if (!(halfLife > 0)) {
        kwargs.problem(HALF_LIFE, "must be a positive number of days");
      }
      return halfLife > 0 ? Optional.of(new TimeDecay(halfLife)) : Optional.empty();
    }

    @Override
    public double[] weights(FeatureLabelPanel panel) {
      List<CrossSection> days = panel.features().days();
      LocalDate last = days.get(days.size() - 1).date();
      double[] weights = new double[Math.toIntExact(panel.rows())];
      int row = 0;
      for (CrossSection day : days) {
        double age = ChronoUnit.DAYS.between(day.date(), last);
        double weight = Math.pow(0.5, age / halfLife);
        Arrays.fill(weights, row, row + day.rows(), weight);
        row += day.rows();
      }
      return weights;
    }
  }

  /**
   * Rows count by their rank of the day in a feature, as the processors leave it: the greatest
   * value has weight 1, the smallest of n has 1/n; ties share their mean. A row whose value is
   * missing has 0.5.
   *
   * @param column a feature
   */
  record ByRank(String column) implements Reweighter {
    private static final String COLUMN = "column";
    private static final double MISSING = 0.5;

    private static Optional<Reweighter> read(Section kwargs) {
      Optional<String> column = kwargs.text(COLUMN);
      if (!kwargs.has(COLUMN)) {
        kwargs.problem(COLUMN, "is missing: name the feature whose rank is the weight");
      }
      return column.map(ByRank::new);
    }

    @Override
    public double[] weights(FeatureLabelPanel panel) {
      List<String> columns = panel.features().columns();
      int at = columns.indexOf(column);
      if (at < 0) {
        throw new DefinitionException(
            KEY + ".kwargs.column",
            "the features have no column '" + column + "'" + Nearest.hint(column, columns));
      }
      double[] weights = new double[Math.toIntExact(panel.rows())];
      int row = 0;
      for (CrossSection day : panel.features().days()) {
        double[] ranks = ranks(day, at, columns.size());
        System.arraycopy(ranks, 0, weights, row, ranks.length);
        row += ranks.length;
      }
      return weights;
    }

    private static double[] ranks(CrossSection day, int column, int width) {
      double[] values =
          IntStream.range(0, day.rows())
              .mapToDouble(row -> day.values()[row * width + column])
              .toArray();
      double[] present = DoubleStream.of(values).filter(value -> !Double.isNaN(value)).toArray();
      double[] ranks = Correlation.averageRanks(present);
      int next = 0;
      for (int row = 0; row < values.length; row++) {
        values[row] = Double.isNaN(values[row]) ? MISSING : ranks[next++] / present.length;
      }
      return values;
    }
  }
}
