package io.windrow.collector.collect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.windrow.meter.LiveGauges;
import io.windrow.meter.ShownNames;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import io.windrow.task.TaskState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * How far pools have come and what their windows are worth, for the gauges. Every collector counts
 * the same, from the store, so that a restart changes nothing.
 *
 * <p>A round counts by indexes alone, and reads only what was done since the round before. A pool
 * whose windows are not as many as were added, because some were removed, is read anew. Rounds take
 * no more than a twentieth of the time.
 *
 * <p>Of a pool, {@code tasks = collected + missing + failed + cancelled}. What is done and not yet
 * taken in is missing; cancelled tasks, superseded ones among them, are told by {@code
 * windrow.tasks}.
 */
final class ResearchMetrics {
  private static final Logger log = LoggerFactory.getLogger(ResearchMetrics.class);
  private static final int PAUSE_PER_WORK = 19;

  private final TaskPool pool;
  private final SubmissionStore submissions;
  private final Mono<Map<String, Long>> collected;
  private final int mostPools;
  private final Duration timeout;
  private final LiveGauges windows;
  private final LiveGauges lastIc;
  private final LiveGauges lastRankIc;
  private final LiveGauges poolIc;
  private final LiveGauges poolRankIc;
  private final Map<String, PoolScores> scores = new HashMap<>();

  /** How many windows were done in the round in which a pool's numbers first did not agree. */
  private final Map<String, Long> doubts = new HashMap<>();

  private long resumeAt = System.nanoTime();

  /**
   * @param collected how many done tasks of each pool are taken in, counted when it is asked
   * @param mostPools that have gauges of their own
   * @param timeout longest wait for one answer of the store
   */
  ResearchMetrics(
      TaskPool pool,
      SubmissionStore submissions,
      Mono<Map<String, Long>> collected,
      int mostPools,
      Duration timeout,
      MeterRegistry meters) {
    this.pool = pool;
    this.submissions = submissions;
    this.collected = collected;
    this.mostPools = mostPools;
    this.timeout = timeout;
    this.windows = gauges(meters, "windrow.pool.windows", "Windows of submissions by state");
    this.lastIc = gauges(meters, "windrow.window.ic", "IC of the window that ended last");
    this.lastRankIc =
        gauges(meters, "windrow.window.rank.ic", "Rank IC of the window that ended last");
    this.poolIc = gauges(meters, "windrow.pool.ic", "Mean IC of the pool's windows");
    this.poolRankIc = gauges(meters, "windrow.pool.rank.ic", "Mean Rank IC of the pool's windows");
  }

  private static LiveGauges gauges(MeterRegistry meters, String name, String description) {
    return LiveGauges.of(MultiGauge.builder(name).description(description), meters);
  }

  /** One round of the schedule. Never throws: the gauges keep their values. */
  void run() {
    long begin = System.nanoTime();
    if (begin - resumeAt < 0) {
      return;
    }
    try {
      count();
    } catch (RuntimeException e) {
      log.atWarn().addKeyValue("error", e.toString()).log("pools not counted, tried again");
    }
    long end = System.nanoTime();
    resumeAt = end + PAUSE_PER_WORK * (end - begin);
  }

  /** Counts once. */
  void count() {
    Map<String, Map<TaskState, Long>> states = get(pool.stat());
    ShownNames shown = ShownNames.latest(mostPools, get(submissions.pools()), states.keySet());
    Map<Tags, Long> byState = byState(states, get(collected), shown);
    scores.keySet().retainAll(shown.names());
    doubts.keySet().retainAll(shown.names());
    for (String name : shown.names()) {
      readDone(name, states.get(name).getOrDefault(TaskState.DONE, 0L));
    }
    lastIc.set(byModel(PoolScores.OfModel::lastIc));
    lastRankIc.set(byModel(PoolScores.OfModel::lastRankIc));
    poolIc.set(byModel(PoolScores.OfModel::ic));
    poolRankIc.set(byModel(PoolScores.OfModel::rankIc));
    // The last: who sees that all windows are there sees their ICs as well.
    windows.set(byState);
  }

  private <T> T get(Mono<T> one) {
    return Objects.requireNonNull(one.block(timeout));
  }

  private void readDone(String name, long done) {
    PoolScores known = scores.computeIfAbsent(name, each -> new PoolScores());
    if (known.windows() == done) {
      doubts.remove(name);
      return;
    }
    // Twice the same number, and still another than was added: not what came in between.
    if (Objects.equals(doubts.put(name, done), done)) {
      known = new PoolScores();
      scores.put(name, known);
    }
    pool.scored(name, known.since()).doOnNext(known::add).then().block(timeout);
    known.settle();
  }

  private static Map<Tags, Long> byState(
      Map<String, Map<TaskState, Long>> states, Map<String, Long> collected, ShownNames shown) {
    Map<Tags, Long> counts = new HashMap<>();
    states.forEach(
        (name, by) -> {
          long done = by.getOrDefault(TaskState.DONE, 0L);
          long there = Math.min(done, collected.getOrDefault(name, 0L));
          long open =
              Stream.of(TaskState.WAITING, TaskState.QUEUED, TaskState.RUNNING, TaskState.PART_DONE)
                  .mapToLong(state -> by.getOrDefault(state, 0L))
                  .sum();
          String tag = shown.tag(name);
          counts.merge(Tags.of("pool", tag, "state", "collected"), there, Long::sum);
          counts.merge(Tags.of("pool", tag, "state", "missing"), open + done - there, Long::sum);
          counts.merge(
              Tags.of("pool", tag, "state", "failed"),
              by.getOrDefault(TaskState.FAILED, 0L),
              Long::sum);
        });
    return counts;
  }

  private Map<Tags, Double> byModel(ToDoubleFunction<PoolScores.OfModel> value) {
    Map<Tags, Double> values = new HashMap<>();
    scores.forEach(
        (name, of) ->
            of.models()
                .forEach(
                    (model, each) ->
                        values.put(
                            Tags.of("pool", name, "model", model), value.applyAsDouble(each))));
    return values;
  }
}
