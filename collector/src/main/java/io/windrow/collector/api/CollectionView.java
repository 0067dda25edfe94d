package io.windrow.collector.api;

import io.windrow.collector.collect.GroupBacktest;
import io.windrow.collector.collect.GroupCollection;
import io.windrow.collector.collect.Progress;
import io.windrow.collector.collect.SubmissionCollection;
import io.windrow.collector.collect.Window;
import io.windrow.collector.collect.WindowPlan;
import io.windrow.pool.CollectSettings.Ensemble;
import io.windrow.pool.Submission;
import io.windrow.quant.backtest.ReportDay;
import io.windrow.quant.definition.DateRange;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A collection as the API tells it. Segments are {@code [first, last]} with null for an open end;
 * figures that are not a number are null.
 *
 * @param submission id of the submission
 * @param pool name of the pool
 * @param experiment name of the experiment
 * @param state {@code inserting} or {@code inserted}
 * @param complete whether nothing is missing
 * @param expected number of windows it shall have
 * @param collected number of windows it has
 * @param missing windows that are not there
 * @param failed windows that failed or cannot be read
 * @param collect how the windows were put together
 * @param groups one per series
 */
record CollectionView(
    String submission,
    String pool,
    String experiment,
    String state,
    boolean complete,
    int expected,
    int collected,
    List<Missing> missing,
    List<Failed> failed,
    Collect collect,
    List<Group> groups) {

  record Collect(List<String> ensemble, List<String> key, List<String> artifacts) {}

  record Missing(String task, String state, @Nullable List<@Nullable LocalDate> test) {}

  record Failed(String task, @Nullable List<@Nullable LocalDate> test, String message) {}

  record Group(
      List<String> key,
      int rows,
      int days,
      Map<String, @Nullable Double> statistics,
      Backtest backtest,
      List<Done> windows,
      List<String> shadowed) {}

  /**
   * How it stands with the back-test of a series.
   *
   * @param state {@code done}; {@code none} if no task asks for one; {@code incomplete} if the
   *     series has gaps; {@code unavailable}
   * @param message why it is unavailable
   * @param days first and last day that was traded
   */
  record Backtest(
      String state, @Nullable String message, @Nullable List<@Nullable LocalDate> days) {}

  record Done(
      String task,
      @Nullable List<@Nullable LocalDate> train,
      @Nullable List<@Nullable LocalDate> valid,
      @Nullable List<@Nullable LocalDate> test,
      Map<String, @Nullable Double> metrics,
      @Nullable String worker,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /**
   * The view.
   *
   * @param backtests one per group
   */
  static CollectionView of(SubmissionCollection collection, List<GroupBacktest> backtests) {
    Progress progress = collection.progress();
    Submission submission = progress.submission();
    return new CollectionView(
        submission.id(),
        submission.pool(),
        submission.experiment(),
        submission.state().name().toLowerCase(Locale.ROOT),
        collection.complete(),
        progress.windows().size(),
        progress.done().size(),
        missing(progress),
        failed(collection),
        new Collect(
            collection.settings().ensembles().stream().map(Ensemble::word).toList(),
            collection.key(),
            collection.settings().artifacts()),
        IntStream.range(0, backtests.size())
            .mapToObj(i -> group(collection.groups().get(i), backtests.get(i)))
            .toList());
  }

  static List<Missing> missing(Progress progress) {
    return progress.missing().stream()
        .map(w -> new Missing(w.task(), w.state(), w.plan() == null ? null : ends(w.plan().test())))
        .toList();
  }

  static List<Failed> failed(SubmissionCollection collection) {
    return collection.failed().stream()
        .map(w -> new Failed(w.plan().task(), ends(w.plan().test()), w.message()))
        .toList();
  }

  private static Group group(GroupCollection rolled, GroupBacktest backtest) {
    Map<String, Double> statistics = new LinkedHashMap<>(rolled.series().statistics());
    if (backtest instanceof GroupBacktest.Done done) {
      statistics.putAll(done.outcome().analysis().metrics());
    }
    return new Group(
        rolled.group().key(),
        rolled.series().predictions().size(),
        rolled.series().predictions().dayCount(),
        finite(statistics),
        backtest(backtest),
        rolled.group().windows().stream().map(CollectionView::done).toList(),
        rolled.group().shadowed());
  }

  private static Backtest backtest(GroupBacktest backtest) {
    if (backtest instanceof GroupBacktest.Done done) {
      List<ReportDay> report = done.outcome().result().report();
      return new Backtest(
          "done",
          null,
          report.isEmpty()
              ? null
              : List.of(report.get(0).date(), report.get(report.size() - 1).date()));
    }
    if (backtest instanceof GroupBacktest.Unavailable unavailable) {
      return new Backtest("unavailable", unavailable.reason(), null);
    }
    return new Backtest(
        backtest instanceof GroupBacktest.Incomplete ? "incomplete" : "none", null, null);
  }

  private static Done done(Window.Done window) {
    WindowPlan plan = window.plan();
    return new Done(
        plan.task(),
        ends(plan.train()),
        ends(plan.valid()),
        ends(plan.test()),
        finite(new TreeMap<>(window.metrics())),
        window.worker(),
        window.startedAt(),
        window.endedAt());
  }

  private static @Nullable List<@Nullable LocalDate> ends(@Nullable DateRange range) {
    if (range == null) {
      return null;
    }
    List<@Nullable LocalDate> ends = new ArrayList<>(2); // unlike List.of, it may hold null
    ends.add(range.first());
    ends.add(range.last());
    return ends;
  }

  /** JSON has no NaN. */
  private static Map<String, @Nullable Double> finite(Map<String, Double> figures) {
    Map<String, @Nullable Double> finite = new LinkedHashMap<>();
    figures.forEach((name, value) -> finite.put(name, Double.isFinite(value) ? value : null));
    return finite;
  }
}
