package io.windrow.cli.bench;

import io.windrow.cli.bench.LimitsBenchResult.Limit;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures the calls that workers make of what they share, each kind alone: by what one more
 * worker, task or artifact costs there, a cluster's size can be reckoned. Store and broker are the
 * embedded ones, in this JVM, over their sockets.
 */
public final class LimitsBench {
  private LimitsBench() {}

  /**
   * Measures.
   *
   * @param each how long each kind of call is repeated, after half as long to warm up
   * @param tasks in the pool that is counted last, at least 10
   * @param progress told what was measured
   */
  public static LimitsBenchResult run(Duration each, int tasks, Progress progress) {
    List<Limit> limits = new ArrayList<>();
    int all = StoreLimits.KINDS + BrokerLimits.KINDS;
    Consumer<Limit> measured =
        limit -> {
          limits.add(limit);
          progress.show(limits.size(), all, limit.what() + ", " + limit.size());
        };
    try (StoreLimits store = new StoreLimits(each, measured)) {
      store.measure(tasks);
    }
    try (TemporaryFolder folder = TemporaryFolder.create("windrow-bench").alsoAtEnd();
        EmbeddedBroker broker = EmbeddedBroker.start(folder.path())) {
      new BrokerLimits(broker.bootstrapServers(), each, measured).measure();
    }
    return new LimitsBenchResult(limits);
  }
}
