package io.windrow.quant.data.health;

import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.Series;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.DoublePredicate;

/** Checks the values of one instrument, field by field. */
final class ValueCheck {

  private static final Set<String> PRICES = Set.of("open", "high", "low", "close");
  private static final Set<String> POSITIVE =
      Set.of("open", "high", "low", "close", "vwap", "factor");
  private static final String VOLUME = "volume";

  private final SortedMap<String, Series> fields;
  private final BitSet listed;
  private final HealthLimits limits;
  private final Findings findings;

  /**
   * Settles what to check.
   *
   * @param listed the bars on which the instrument is listed
   */
  ValueCheck(
      SortedMap<String, Series> fields, BitSet listed, HealthLimits limits, Findings findings) {
    this.fields = fields;
    this.listed = listed;
    this.limits = limits;
    this.findings = findings;
  }

  /** How bad it is if a field's file is wrong as a whole: the factors need some of them. */
  static Severity severity(String field) {
    return CsvImporter.BAR_FIELDS.contains(field) ? Severity.ERROR : Severity.WARNING;
  }

  /** Looks at everything; returns the bars on which any of the fields of a bar has a value. */
  BitSet run() {
    BitSet present = new BitSet();
    fields.forEach(
        (field, series) -> {
          if (CsvImporter.BAR_FIELDS.contains(field)) {
            present.or(known(series));
          }
        });
    fields.forEach((field, series) -> check(field, series, present));
    BarCheck.order(fields, findings);
    BarCheck.gaps(present, listed, limits.gap(), findings);
    return present;
  }

  private static BitSet known(Series series) {
    return where(series, value -> !Double.isNaN(value));
  }

  private static BitSet where(Series series, DoublePredicate wanted) {
    BitSet bars = new BitSet();
    float[] values = series.values();
    for (int i = 0; i < values.length; i++) {
      if (wanted.test(values[i])) {
        bars.set(series.start() + i);
      }
    }
    return bars;
  }

  private void check(String field, Series series, BitSet present) {
    BitSet known = known(series);
    if (known.isEmpty()) {
      findings.add(
          severity(field),
          FindingKind.ALL_MISSING,
          field,
          series.start(),
          series.end() - 1,
          series.end() - series.start(),
          "every value is NaN");
      return;
    }
    BitSet holes = (BitSet) present.clone();
    holes.and(listed);
    holes.andNot(known);
    findings.bars(
        Severity.WARNING, FindingKind.HOLE, field, holes, "other fields have values there");
    findings.bars(
        Severity.ERROR,
        FindingKind.INFINITE,
        field,
        where(series, Double::isInfinite),
        "the value is infinite");
    if (POSITIVE.contains(field)) {
      lowest(FindingKind.NOT_POSITIVE, field, series, where(series, value -> value <= 0));
    }
    if (PRICES.contains(field)) {
      priceJumps(field, series);
    }
    if (field.equals(VOLUME)) {
      lowest(FindingKind.NEGATIVE_VOLUME, field, series, where(series, value -> value < 0));
      findings.bars(
          Severity.WARNING,
          FindingKind.ZERO_VOLUME,
          field,
          where(series, value -> value == 0),
          "the volume is 0");
      volumeJumps(series);
    }
  }

  private void lowest(FindingKind kind, String field, Series series, BitSet bars) {
    bars.stream()
        .reduce((a, b) -> value(series, b) < value(series, a) ? b : a)
        .ifPresent(
            bar ->
                findings.bars(
                    Severity.ERROR,
                    kind,
                    field,
                    bars,
                    "the lowest is " + value(series, bar) + " on " + findings.day(bar)));
  }

  private static float value(Series series, int bar) {
    return series.values()[bar - series.start()];
  }

  private void priceJumps(String field, Series series) {
    Moves moves = Moves.of(series, change -> Math.abs(change - 1) > limits.priceJump());
    findings.bars(
        Severity.WARNING,
        FindingKind.JUMP,
        field,
        moves.bars(),
        String.format(
            Locale.ROOT,
            "the greatest is %+.1f %% on %s",
            100 * (moves.greatest() - 1),
            findings.day(moves.bar())));
  }

  private void volumeJumps(Series series) {
    Moves moves = Moves.of(series, change -> change > limits.volumeJump());
    findings.bars(
        Severity.WARNING,
        FindingKind.VOLUME_JUMP,
        VOLUME,
        moves.bars(),
        String.format(
            Locale.ROOT,
            "the greatest is %.1f times the bar before on %s",
            moves.greatest(),
            findings.day(moves.bar())));
  }
}
