package io.windrow.quant.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The names and expressions of Alpha360 in the order in which Qlib emits them
 * (qlib/contrib/data/loader.py): for each field its values of the last 60 days, the oldest first,
 * over today's close; volumes are over today's volume.
 */
final class Alpha360 {

  /** Days of each field, today included. */
  static final int DAYS = 60;

  /** Fields in the order of the columns. */
  static final List<String> FIELDS = List.of("close", "open", "high", "low", "vwap", "volume");

  static final String VOLUME = "volume";

  static final FactorSet FACTORS = factors();

  private Alpha360() {}

  private static FactorSet factors() {
    List<String> names = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    for (String field : FIELDS) {
      String today = field.equals(VOLUME) ? "($volume+1e-12)" : "$close";
      for (int ago = DAYS - 1; ago >= 0; ago--) {
        names.add(field.toUpperCase(Locale.ROOT) + ago);
        String value = ago == 0 ? "$" + field : "Ref($" + field + ", " + ago + ")";
        expressions.add(value + "/" + today);
      }
    }
    return new FactorSet(names, expressions);
  }
}
