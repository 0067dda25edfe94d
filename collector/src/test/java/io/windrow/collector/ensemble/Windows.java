package io.windrow.collector.ensemble;

import io.windrow.quant.evaluate.ScoreSeries;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Windows with gaps and NaNs that overlap, touch, or start on the same day. */
final class Windows {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);
  private static final int SPAN = 20;
  private static final int LONGEST = 8;
  private static final int STOCKS = 5;

  private Windows() {}

  static Arbitrary<ScoreSeries> any() {
    Arbitrary<Optional<Double>> cells =
        Arbitraries.frequencyOf(
            Tuple.of(7, Arbitraries.integers().between(-300, 300).map(i -> Optional.of(i / 64.0))),
            Tuple.of(2, Arbitraries.just(Optional.empty())),
            Tuple.of(1, Arbitraries.just(Optional.of(Double.NaN))));
    return Combinators.combine(
            Arbitraries.integers().between(0, SPAN - 1),
            cells.list().ofMinSize(1).ofMaxSize(LONGEST * STOCKS))
        .as(Windows::window);
  }

  static Arbitrary<List<ScoreSeries>> several() {
    return any().list().ofMinSize(1).ofMaxSize(7);
  }

  private static ScoreSeries window(int offset, List<Optional<Double>> cells) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (int i = 0; i < cells.size(); i++) {
      LocalDate day = DAY.plusDays(offset + i / STOCKS);
      String stock = "S" + i % STOCKS;
      cells.get(i).ifPresent(value -> rows.add(day, stock, value));
    }
    return rows.build();
  }
}
