package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.End;
import io.windrow.cli.chaos.History.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again at what has ended, and notes each outcome when it is first seen. */
final class Observer {
  private static final Logger log = LoggerFactory.getLogger(Observer.class);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofSeconds(3);

  /** Looking shall not be what the store is busy with. */
  private static final int IDLE_SHARE = 10;

  private final StoreWatch store;
  private final Map<String, End> ends = new ConcurrentHashMap<>();
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

  Observer(StoreWatch store) {
    this.store = store;
  }

  /** Goes on until it is interrupted. */
  void run() {
    try {
      while (true) {
        Thread.sleep(lookUnlessAway().toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how long to wait until the next look. */
  private Duration lookUnlessAway() {
    long begin = System.nanoTime();
    try {
      look();
    } catch (RuntimeException e) {
      log.atDebug().addKeyValue("error", e.toString()).log("store not seen");
      return PAUSE;
    }
    Duration idle = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(IDLE_SHARE);
    return idle.compareTo(PAUSE) < 0 ? PAUSE : idle.compareTo(LONGEST) > 0 ? LONGEST : idle;
  }

  /** Looks once. */
  synchronized void look() {
    Map<String, End> now = store.ends();
    Instant at = Instant.now();
    now.forEach(
        (task, end) -> {
          if (!end.equals(ends.put(task, end))) {
            seen.add(new Seen(task, at, end));
          }
        });
  }

  /** How many tasks were seen to have ended. */
  int ended() {
    return ends.size();
  }

  /** What was seen. */
  List<Seen> seen() {
    return List.copyOf(seen);
  }
}
