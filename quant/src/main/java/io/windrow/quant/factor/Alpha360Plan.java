package io.windrow.quant.factor;

import io.windrow.quant.data.Series;
import io.windrow.quant.factor.expression.Feature;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Computes Alpha360 row by row: the 60 columns of a field are the last 60 days of its series as
 * they lie in memory, each divided by one number of today. The results are those of {@link
 * ExpressionPlan} to the bit, which a test compares.
 */
final class Alpha360Plan implements FactorPlan {

  /** As in the expressions: added to the volume in single precision. */
  private static final float EPSILON = 1e-12f;

  private static final Set<Feature> FEATURES =
      Alpha360.FIELDS.stream()
          .map(field -> new Feature(null, field))
          .collect(Collectors.toUnmodifiableSet());

  @Override
  public Set<Feature> features() {
    return FEATURES;
  }

  @Override
  public Filler filler(DayRange days, PanelRows rows) {
    return (index, instrument) -> fill(index, instrument, days, rows);
  }

  private static void fill(int index, InstrumentSeries instrument, DayRange days, PanelRows rows) {
    Series[] fields = Alpha360.FIELDS.stream().map(instrument::whole).toArray(Series[]::new);
    Series close = fields[Alpha360.FIELDS.indexOf("close")];
    int volume = Alpha360.FIELDS.indexOf(Alpha360.VOLUME);
    rows.forEachRow(
        index,
        (place, values, start) -> {
          int today = days.first() + place;
          float price = close.at(today);
          for (int i = 0; i < fields.length; i++) {
            float divisor = i == volume ? fields[i].at(today) + EPSILON : price;
            divide(fields[i], today, divisor, values, start + i * Alpha360.DAYS);
          }
        });
  }

  /** Writes the last 60 days of a series over a divisor; NaN before it starts and after it ends. */
  private static void divide(Series series, int today, float divisor, float[] to, int start) {
    float[] values = series.values();
    int newest = today - series.start();
    // A shifted series has values on the days of its file alone, so it ends with the file.
    if (newest < 0 || newest >= values.length) {
      Arrays.fill(to, start, start + Alpha360.DAYS, Float.NaN);
      return;
    }
    int missing = Math.max(0, Alpha360.DAYS - 1 - newest);
    Arrays.fill(to, start, start + missing, Float.NaN);
    int from = newest + 1 - (Alpha360.DAYS - missing);
    int target = start + missing;
    for (int i = 0; i < Alpha360.DAYS - missing; i++) {
      to[target + i] = values[from + i] / divisor;
    }
  }
}
