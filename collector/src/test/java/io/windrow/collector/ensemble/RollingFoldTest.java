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
import org.junit.jupiter.api.Test;

/** Holds the window-by-window fold against the ensemble, which rolls all windows from scratch. */
class RollingFoldTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);
  private static final int CASES = 2_000;

  @Test
  void equalsARebuildWhateverTheOrderOfArrivalAndHoweverOftenAWindowComes() {
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      List<ScoreSeries> windows = windows(random);
      List<Integer> arrivals = new ArrayList<>();
      IntStream.range(0, windows.size()).forEach(arrivals::add);
      IntStream.range(0, random.nextInt(4))
          .forEach(i -> arrivals.add(random.nextInt(windows.size())));
      Collections.shuffle(arrivals, random);

      RollingFold fold = RollingFold.empty();
      for (int window : arrivals) {
        fold = fold.add(window, windows.get(window));
      }

      assertThat(rows(fold.series()))
          .as("windows of seed %d, arriving %s", seed, arrivals)
          .isEqualTo(rows(RollingEnsemble.roll(windows)));
    }
  }

  @Test
  void equalsARebuildOfWhatHasComeSoFarAfterEveryWindow() {
    for (int seed = 0; seed < CASES / 10; seed++) {
      List<ScoreSeries> windows = windows(new Random(seed));
      RollingFold fold = RollingFold.empty();
      for (int i = 0; i < windows.size(); i++) {
        fold = fold.add(i, windows.get(i));
        assertThat(rows(fold.series()))
            .isEqualTo(rows(RollingEnsemble.roll(windows.subList(0, i + 1))));
      }
    }
  }

  @Test
  void isAssociative() {
    for (int seed = 0; seed < CASES / 10; seed++) {
      Random random = new Random(seed);
      ScoreSeries a = RandomWindows.window(random, DAY);
      ScoreSeries b = RandomWindows.window(random, DAY);
      ScoreSeries c = RandomWindows.window(random, DAY);

      assertThat(rows(overlay(overlay(a, b), c))).isEqualTo(rows(overlay(a, overlay(b, c))));
    }
  }

  @Test
  void doesNotLetALaterArrivalWinByArrivingLater() {
    ScoreSeries early = ScoreSeries.builder().add(DAY, "A", 1).add(DAY.plusDays(1), "A", 2).build();
    ScoreSeries late = ScoreSeries.builder().add(DAY.plusDays(1), "A", 3).build();

    assertThat(rows(RollingFold.empty().add(1, late).add(0, early).series()))
        .containsExactly("2020-01-02 A 1.0", "2020-01-03 A 3.0");
  }

  private static ScoreSeries overlay(ScoreSeries under, ScoreSeries over) {
    return ScoreSeries.overlay(List.of(under, over));
  }

  private static List<ScoreSeries> windows(Random random) {
    return IntStream.range(0, 1 + random.nextInt(7))
        .mapToObj(i -> RandomWindows.window(random, DAY))
        .toList();
  }
}
