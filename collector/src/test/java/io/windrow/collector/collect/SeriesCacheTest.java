package io.windrow.collector.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import io.windrow.collector.collect.Window.Done;
import io.windrow.collector.collect.Window.Failed;
import io.windrow.pool.CollectSettings;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SeriesCacheTest {
  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);

  private final MemoryArtifacts artifacts = new MemoryArtifacts();

  @Test
  void rollsTheWindowsAndCorrelatesTheWhole() {
    window("a", DAY, 1, 2, 3);
    window("b", DAY.plusDays(1), 3, 2, 1);

    GroupSeries series = get(cache(DataSize.ofMegabytes(1)), "a", "b");

    assertThat(series.predictions().size()).isEqualTo(6);
    assertThat(series.predictions().dayCount()).isEqualTo(2);
    assertThat(series.labels().size()).isEqualTo(6);
    // The labels are 1, 2, 3 on each day: IC is 1 on the first and -1 on the second.
    assertThat(series.statistics().get("IC")).isCloseTo(0, within(1e-12));
    assertThat(series.analysis().days())
        .extracting(day -> Math.round(day.ic()))
        .containsExactly(1L, -1L);
    assertThat(series.unreadable()).isEmpty();
  }

  @Test
  void readsOnceWhatIsAskedForTwice() {
    window("a", DAY, 1, 2, 3);
    SeriesCache cache = cache(DataSize.ofMegabytes(1));

    GroupSeries first = get(cache, "a");
    GroupSeries second = get(cache, "a");

    assertThat(second).isSameAs(first);
    assertThat(artifacts.reads).hasValue(2); // predictions and labels
  }

  @Test
  void readsOnlyTheWindowThatHasComeSinceAndFoldsItIn() {
    window("a", DAY, 1, 2, 3);
    window("b", DAY.plusDays(1), 3, 2, 1);
    window("c", DAY, 2, 1, 3);
    SeriesCache cache = cache(DataSize.ofMegabytes(1));

    get(cache, "b");
    assertThat(artifacts.reads).hasValue(2);
    get(cache, "a", "b");
    assertThat(artifacts.reads).hasValue(4);
    GroupSeries folded = get(cache, "a", "b", "c");
    assertThat(artifacts.reads).hasValue(6);

    GroupSeries rebuilt = get(cache(DataSize.ofMegabytes(1)), "a", "b", "c");
    assertThat(rows(folded.predictions())).isEqualTo(rows(rebuilt.predictions()));
    assertThat(rows(folded.labels())).isEqualTo(rows(rebuilt.labels()));
    assertThat(folded.analysis()).isEqualTo(rebuilt.analysis());
    assertThat(folded.predictions().value(0)).isEqualTo(2); // c starts with a and comes after it
  }

  @Test
  void readsNothingAgainThatWasFoldedAhead() {
    window("a", DAY, 1, 2, 3);
    window("b", DAY.plusDays(1), 3, 2, 1);
    SeriesCache cache = cache(DataSize.ofMegabytes(1));

    assertThat(fold(cache, "b")).isEqualTo(1);
    assertThat(fold(cache, "a", "b")).isEqualTo(1);
    assertThat(fold(cache, "a", "b")).isZero();
    assertThat(artifacts.reads).hasValue(4);

    GroupSeries ahead = get(cache, "a", "b");
    assertThat(artifacts.reads).hasValue(4);
    GroupSeries rebuilt = get(cache(DataSize.ofMegabytes(1)), "a", "b");
    assertThat(rows(ahead.predictions())).isEqualTo(rows(rebuilt.predictions()));
    assertThat(ahead.analysis()).isEqualTo(rebuilt.analysis());
  }

  @Test
  void averagesSeriesAndKeepsTheLabels() {
    window("a", DAY, 1, 2, 3);
    window("b", DAY, 10, 30, 20);
    SeriesCache cache = cache(DataSize.ofMegabytes(1));
    List<GroupCollection> groups =
        List.of(
            new GroupCollection(group("a"), get(cache, "a")),
            new GroupCollection(group("b"), get(cache, "b")));

    GroupSeries average =
        Objects.requireNonNull(
            cache.average(groups, CollectSettings.ARTIFACTS).block(Duration.ofMinutes(1)));

    assertThat(rows(average.predictions()))
        .containsExactly("2020-01-02 S0 -1.0", "2020-01-02 S1 0.5", "2020-01-02 S2 0.5");
    assertThat(rows(average.labels())).isEqualTo(rows(groups.get(0).series().labels()));
    assertThat(cache.average(groups, CollectSettings.ARTIFACTS).block(Duration.ofMinutes(1)))
        .isSameAs(average);
  }

  @Test
  void readsAgainWhenAnotherAttemptTookTheWindowsPlace() {
    window("a", DAY, 1, 2, 3);
    window("a2", DAY, 3, 2, 1);
    SeriesCache cache = cache(DataSize.ofMegabytes(1));

    assertThat(get(cache, "a").statistics().get("IC")).isCloseTo(1, within(1e-12));
    assertThat(get(cache, "a2").statistics().get("IC")).isCloseTo(-1, within(1e-12));
  }

  @Test
  void holdsNoMoreBytesThanItMay() {
    window("a", DAY, 1, 2, 3);
    SeriesCache cache = cache(DataSize.ofBytes(100)); // less than any series takes

    get(cache, "a");
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(
            () -> { // eviction follows the insertion, it does not precede the answer
              get(cache, "a");
              assertThat(artifacts.reads).hasValueGreaterThanOrEqualTo(4);
            });
  }

  @Test
  void saysWhichWindowHasNoPredictions() {
    window("a", DAY, 1, 2, 3);

    GroupSeries series = get(cache(DataSize.ofMegabytes(1)), "a", "b");

    assertThat(series.predictions().size()).isEqualTo(3);
    assertThat(series.unreadable())
        .extracting(f -> f.plan().task(), Failed::message)
        .containsExactly(tuple("b", "its recorder b has no pred.arrow"));
  }

  @Test
  void saysWhichWindowIsDamagedUntilItIsRepaired() {
    window("a", DAY, 1, 2, 3);
    artifacts.put("a", "pred.arrow", new byte[] {1, 2, 3}).block();
    SeriesCache cache = cache(DataSize.ofMegabytes(1));

    assertThat(get(cache, "a").unreadable())
        .extracting(Failed::message)
        .singleElement()
        .asString()
        .startsWith("pred.arrow of its recorder a cannot be read: ");

    window("a", DAY, 1, 2, 3);

    assertThat(get(cache, "a").unreadable()).isEmpty();
  }

  @Test
  void expectsNoPredictionsOfATaskThatPromisesNone() {
    Done noop =
        new Done(
            WindowPlan.of(Tasks.task("n", TaskState.DONE, Map.of("noop", Map.of()), null), 0),
            "n",
            Map.of(),
            null,
            null,
            null);

    GroupSeries series =
        Objects.requireNonNull(
            cache(DataSize.ofMegabytes(1))
                .get(
                    "s",
                    new WindowGroup(List.of("?"), List.of(noop), List.of()),
                    CollectSettings.ARTIFACTS)
                .block(Duration.ofMinutes(1)));

    assertThat(series.unreadable()).isEmpty();
    assertThat(series.predictions().isEmpty()).isTrue();
  }

  private SeriesCache cache(DataSize limit) {
    return new SeriesCache(new ArtifactReader(artifacts, 2), limit);
  }

  private static List<String> rows(ScoreSeries series) {
    return IntStream.range(0, series.size())
        .mapToObj(i -> series.date(i) + " " + series.instrument(i) + " " + series.value(i))
        .toList();
  }

  private static GroupSeries get(SeriesCache cache, String... recorders) {
    return Objects.requireNonNull(
        cache.get("s", group(recorders), CollectSettings.ARTIFACTS).block(Duration.ofMinutes(1)));
  }

  private static int fold(SeriesCache cache, String... recorders) {
    return Objects.requireNonNull(
        cache.fold("s", group(recorders), CollectSettings.ARTIFACTS).block(Duration.ofMinutes(1)));
  }

  private static WindowGroup group(String... recorders) {
    List<Done> windows =
        Stream.of(recorders)
            .map(
                id ->
                    new Done(
                        WindowPlan.of(
                            Tasks.task(id, TaskState.DONE, "2020-01-01", null), id.charAt(0)),
                        id,
                        Map.of(),
                        null,
                        null,
                        null))
            .toList();
    return new WindowGroup(List.of("LGBModel"), windows, List.of());
  }

  private void window(String recorder, LocalDate day, double... scores) {
    ScoreSeries.Builder predictions = ScoreSeries.builder();
    ScoreSeries.Builder labels = ScoreSeries.builder();
    for (int i = 0; i < scores.length; i++) {
      predictions.add(day, "S" + i, scores[i]);
      labels.add(day, "S" + i, i + 1);
    }
    artifacts.series(recorder, "pred.arrow", "score", predictions.build());
    artifacts.series(recorder, "label.arrow", "LABEL0", labels.build());
  }
}
