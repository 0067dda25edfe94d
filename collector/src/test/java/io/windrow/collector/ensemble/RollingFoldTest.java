package io.windrow.collector.ensemble;

import static io.windrow.collector.ensemble.RollingEnsembleTest.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.evaluate.ScoreSeries;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Holds the window-by-window fold against the ensemble, which rolls all windows from scratch. */
class RollingFoldTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  @Provide
  Arbitrary<ScoreSeries> window() {
    return Windows.any();
  }

  @Provide
  Arbitrary<List<ScoreSeries>> windows() {
    return Windows.several();
  }

  @Property(tries = 1_000)
  void equalsARebuildWhateverTheOrderOfArrivalAndHoweverOftenAWindowComes(
      @ForAll("windows") List<ScoreSeries> windows, @ForAll Random chance) {
    List<Integer> arrivals = new ArrayList<>();
    IntStream.range(0, windows.size()).forEach(arrivals::add);
    IntStream.range(0, chance.nextInt(4))
        .forEach(i -> arrivals.add(chance.nextInt(windows.size())));
    Collections.shuffle(arrivals, chance);

    RollingFold fold = RollingFold.empty();
    for (int window : arrivals) {
      fold = fold.add(window, windows.get(window));
    }

    assertThat(rows(fold.series()))
        .as("windows arriving %s", arrivals)
        .isEqualTo(rows(RollingEnsemble.roll(windows)));
  }

  @Property
  void equalsARebuildOfWhatHasComeSoFarAfterEveryWindow(
      @ForAll("windows") List<ScoreSeries> windows) {
    RollingFold fold = RollingFold.empty();
    for (int i = 0; i < windows.size(); i++) {
      fold = fold.add(i, windows.get(i));
      assertThat(rows(fold.series()))
          .isEqualTo(rows(RollingEnsemble.roll(windows.subList(0, i + 1))));
    }
  }

  @Property
  void isAssociative(
      @ForAll("window") ScoreSeries a,
      @ForAll("window") ScoreSeries b,
      @ForAll("window") ScoreSeries c) {
    assertThat(rows(overlay(overlay(a, b), c))).isEqualTo(rows(overlay(a, overlay(b, c))));
  }

  @Example
  void doesNotLetALaterArrivalWinByArrivingLater() {
    ScoreSeries early = ScoreSeries.builder().add(DAY, "A", 1).add(DAY.plusDays(1), "A", 2).build();
    ScoreSeries late = ScoreSeries.builder().add(DAY.plusDays(1), "A", 3).build();

    assertThat(rows(RollingFold.empty().add(1, late).add(0, early).series()))
        .containsExactly("2020-01-02 A 1.0", "2020-01-03 A 3.0");
  }

  private static ScoreSeries overlay(ScoreSeries under, ScoreSeries over) {
    return ScoreSeries.overlay(List.of(under, over));
  }
}
