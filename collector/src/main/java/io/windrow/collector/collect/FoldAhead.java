package io.windrow.collector.collect;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.collector.intake.Arrivals;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folds results as they arrive. Nobody depends on it: what it leaves out is folded when the series
 * is asked for, and comes to the same.
 *
 * <p>A round looks at all tasks of the submissions that something arrived for. However many there
 * are, the rounds take no more than a twentieth of the time.
 */
final class FoldAhead implements Arrivals {
  private static final Logger log = LoggerFactory.getLogger(FoldAhead.class);
  private static final int PAUSE_PER_WORK = 19;

  private final CollectionService collections;
  private final Duration timeout;
  private final Counter folded;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();

  /** Too large, or gone: not even their list of tasks is read again. */
  private final Set<String> leftAlone = ConcurrentHashMap.newKeySet();

  private volatile long resumeAt = System.nanoTime();

  /**
   * @param timeout longest wait for one submission
   */
  FoldAhead(CollectionService collections, Duration timeout, MeterRegistry meters) {
    this.collections = collections;
    this.timeout = timeout;
    this.folded =
        Counter.builder("windrow.collector.folded")
            .description("Windows folded into their series before anybody asked")
            .register(meters);
  }

  @Override
  public void arrived(Set<String> submissions) {
    submissions.stream().filter(each -> !leftAlone.contains(each)).forEach(pending::add);
  }

  /** One round of the schedule. Never throws. */
  void run() {
    long begin = System.nanoTime();
    if (pending.isEmpty() || begin - resumeAt < 0) {
      return;
    }
    for (String submission : List.copyOf(pending)) {
      pending.remove(submission); // before the look, so that what arrives during it counts
      fold(submission);
    }
    long end = System.nanoTime();
    resumeAt = end + PAUSE_PER_WORK * (end - begin);
  }

  private void fold(String submission) {
    try {
      Integer windows = collections.fold(submission).block(timeout);
      if (windows == null) {
        leftAlone.add(submission);
      } else {
        folded.increment(windows);
      }
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("submission", submission)
          .addKeyValue("error", e.toString())
          .log("results not folded yet, they will be when they are asked for");
    }
  }
}
