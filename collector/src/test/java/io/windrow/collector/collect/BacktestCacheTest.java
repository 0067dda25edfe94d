package io.windrow.collector.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.CollectSettings;
import io.windrow.pool.Submission;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import io.windrow.task.Task;
import io.windrow.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class BacktestCacheTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);

  @TempDir private Path root;

  @Test
  void tradesOnceWhatIsAskedForTwice() {
    SubmissionCollection collection = collection(1, 1);
    BacktestCache cache = cache();

    GroupBacktest.Done first = (GroupBacktest.Done) get(cache, collection);
    GroupBacktest.Done second = (GroupBacktest.Done) get(cache, collection);

    assertThat(first.outcome().result().report()).hasSize(3);
    assertThat(second.outcome()).isSameAs(first.outcome());
    assertThat(((GroupBacktest.Done) get(cache(), collection)).outcome())
        .isNotSameAs(first.outcome())
        .isEqualTo(first.outcome());
  }

  @Test
  void windowsThatAskForDifferentBacktestsHaveNone() {
    assertThat(get(cache(), collection(1, 2)))
        .isInstanceOfSatisfying(
            GroupBacktest.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains("the group's key"));
  }

  @Test
  void argumentsThatCannotBeRunAreNamed() {
    assertThat(get(cache(), collection(-1, -1)))
        .isInstanceOfSatisfying(
            GroupBacktest.Unavailable.class,
            unavailable -> assertThat(unavailable.reason()).contains("strategy.kwargs.topk"));
  }

  private BacktestCache cache() {
    return new BacktestCache(new DataRoots(List.of(root)), DataSize.ofMegabytes(1));
  }

  private static GroupBacktest get(BacktestCache cache, SubmissionCollection collection) {
    GroupBacktest backtest =
        cache.get(collection, collection.groups().get(0), false).block(Duration.ofMinutes(1));
    assertThat(backtest).isNotNull();
    return backtest;
  }

  /** Two done windows, each of which asks to hold so many. */
  private SubmissionCollection collection(int topkOfFirst, int topkOfSecond) {
    write();
    Map<String, Task> tasks =
        Tasks.byId(
            Task::id,
            List.of(task("a", topkOfFirst, "01", "02"), task("b", topkOfSecond, "03", "04")));
    Progress progress =
        Progress.of(
            Tasks.submission(Submission.State.INSERTED, "a", "b"),
            tasks,
            Map.of("a", Tasks.row("a", "rec-a"), "b", Tasks.row("b", "rec-b")));
    ScoreSeries.Builder scores = ScoreSeries.builder();
    for (int day = 0; day < 4; day++) {
      scores.add(FIRST.plusDays(day), "A", day % 2).add(FIRST.plusDays(day), "B", 0.5);
    }
    ScoreSeries none = ScoreSeries.builder().build();
    GroupCollection group =
        new GroupCollection(
            new WindowGroup(List.of("LGBModel"), progress.done(), List.of()),
            new GroupSeries(scores.build(), none, new SignalAnalysis(List.of()), List.of()));
    return new SubmissionCollection(
        progress, CollectSettings.of(Map.of()), List.of("model.class"), List.of(group));
  }

  private static Task task(String id, int topk, String first, String last) {
    Map<String, Object> definition =
        new HashMap<>(Tasks.definition("LGBModel", "2020-01-" + first, "2020-01-" + last));
    definition.put("qlib_init", Map.of("provider_uri", "market", "region", "us"));
    definition.put(
        "record",
        List.of(
            Map.of("class", "SignalRecord"),
            Map.of(
                "class",
                "PortAnaRecord",
                "kwargs",
                Map.of(
                    "config",
                    Map.of(
                        "strategy",
                        Map.of(
                            "class",
                            "TopkDropoutStrategy",
                            "kwargs",
                            Map.of("topk", topk, "n_drop", 1)),
                        "backtest",
                        Map.of("benchmark", "A"))))));
    return Tasks.task(id, TaskState.DONE, definition, null);
  }

  private void write() {
    DataStoreWriter writer = new DataStoreWriter(root.resolve("market"));
    TradingCalendar calendar =
        new TradingCalendar(IntStream.range(0, 5).mapToObj(FIRST::plusDays).toList());
    writer.calendar(calendar);
    List<Universe.Span> all = List.of(new Universe.Span(calendar.first(), calendar.last()));
    writer.instruments(
        "all",
        new Universe(Stream.of("A", "B").map(symbol -> new Universe.Member(symbol, all)).toList()));
    writer.series("A", "close", new Series(0, new float[] {10, 11, 12, 11, 12}));
    writer.series("B", "close", new Series(0, new float[] {20, 20, 21, 22, 21}));
  }
}
