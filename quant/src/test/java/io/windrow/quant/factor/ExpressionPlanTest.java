package io.windrow.quant.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.data.Series;
import io.windrow.quant.factor.expression.Feature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Factors computed together against each computed alone, to the last bit. */
class ExpressionPlanTest {

  private static final int DAYS = 200;

  private static final List<String> MORE =
      List.of(
          "Ref($close,-2)/Ref($close,-1)-1",
          "Mean($close,0)",
          "Mean(Mean($close,0),5)",
          "EMA($close,0)",
          "EMA($close,10)/$close",
          "Max($close,0.1)",
          "Delta($close,5)",
          "Mean(Delta($close,5),3)",
          "Delta($close,-3)",
          "Ref($close,0)",
          "Mean(Ref($close,0)/$close,5)",
          "Slope($close/$volume,5)",
          "Slope($close,120)",
          "WMA($close/$volume,30)",
          "Mad($close,20)",
          "Mad($close,150)",
          "Skew($close/Ref($close,1),20)",
          "Kurt($close/Ref($close,1),20)",
          "Sum($open>$volume,20)",
          "Quantile($close,20,0.5)-Med($close,20)",
          "Corr($close/$open,$volume,10)",
          "Cov($close,$vwap,10)",
          "Ref(Ref($close,-5),5)",
          "Rank($close,0)+Rank($close,20)");

  private static FactorSet factors() {
    List<String> expressions = new ArrayList<>(FactorSet.alpha158().expressions());
    expressions.addAll(MORE);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      names.add("f" + i);
    }
    return FactorSet.of(names, expressions);
  }

  private static Map<Feature, Series> bars() {
    Random random = new Random(3);
    Map<Feature, Series> bars = new HashMap<>();
    for (String field : List.of("open", "high", "low", "close", "volume")) {
      float[] values = new float[DAYS];
      for (int day = 0; day < DAYS; day++) {
        values[day] = random.nextInt(15) == 0 ? Float.NaN : 20 + random.nextInt(40) / 4f;
      }
      bars.put(new Feature(null, field), new Series(0, values));
    }
    return bars;
  }

  private static float[][] compute(FactorSet factors, InstrumentSeries instrument, DayRange days) {
    float[][] columns = new float[factors.names().size()][days.days()];
    new ExpressionPlan(factors).compute(instrument, days, columns);
    return columns;
  }

  private static void sharingChangesNothing(Map<Feature, Series> bars) {
    InstrumentSeries instrument = new InstrumentSeries(Map.copyOf(bars));
    FactorSet factors = factors();
    for (DayRange days :
        List.of(new DayRange(0, DAYS - 1), new DayRange(3, 90), new DayRange(100, 150))) {
      float[][] together = compute(factors, instrument, days);
      for (int i = 0; i < together.length; i++) {
        FactorSet one = FactorSet.of(List.of("f"), List.of(factors.expressions().get(i)));
        assertThat(together[i])
            .as("%s on %s", factors.expressions().get(i), days)
            .isEqualTo(compute(one, instrument, days)[0]);
      }
    }
  }

  @Test
  void sharing_changes_nothing() {
    sharingChangesNothing(bars());
  }

  @Test
  void nor_where_fields_cover_different_days() {
    Map<Feature, Series> bars = bars();
    cut(bars, "open", 0, 60);
    cut(bars, "volume", 97, DAYS);
    cut(bars, "close", 20, 140);
    sharingChangesNothing(bars);
  }

  @Test
  void nor_where_a_value_is_infinite() {
    Map<Feature, Series> bars = bars();
    Series close = bars.get(new Feature(null, "close"));
    close.values()[60] = Float.POSITIVE_INFINITY;
    sharingChangesNothing(bars);
  }

  private static void cut(Map<Feature, Series> bars, String field, int from, int to) {
    float[] values = bars.get(new Feature(null, field)).values();
    bars.put(
        new Feature(null, field), new Series(from, java.util.Arrays.copyOfRange(values, from, to)));
  }
}
