package io.windrow.cli.chaos;

import io.windrow.cli.client.Accepted;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.terminal.UserError;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Submits workflows so that there is always something to do. Each is submitted until one of the
 * coordinators has accepted it: from then on its tasks must not be lost.
 */
final class Feeder {
  private static final int BATCH = 10;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Workload workload;
  private final List<CoordinatorClient> coordinators;
  private final IntSupplier ended;
  private final AtomicInteger submitted = new AtomicInteger();
  private final Set<String> submissions = ConcurrentHashMap.newKeySet();
  private volatile int backlog;
  private int next;

  /**
   * @param coordinators their addresses
   * @param ended how many tasks are known to have ended
   */
  Feeder(Workload workload, List<String> coordinators, IntSupplier ended) {
    this.workload = workload;
    this.coordinators =
        coordinators.stream().map(Endpoint::coordinator).map(CoordinatorClient::new).toList();
    this.ended = ended;
  }

  /** How many tasks shall be under way or wait, about. */
  void keep(int tasks) {
    backlog = tasks;
  }

  /** How many tasks were accepted. */
  int submitted() {
    return submitted.get();
  }

  /** Ids of the submissions that were accepted. */
  Set<String> submissions() {
    return Set.copyOf(submissions);
  }

  /** Goes on until it is interrupted between two workflows. */
  void run() {
    try {
      while (true) {
        if (submitted.get() - ended.getAsInt() < backlog) {
          submit();
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was sent before an interrupt may have been accepted: it is sent again afterwards. */
  void submit() throws InterruptedException {
    String workflow = workload.workflow(submitted.get(), BATCH);
    while (!isAccepted(workflow)) {
      Thread.sleep(PAUSE.toMillis());
    }
    submitted.addAndGet(BATCH);
  }

  private boolean isAccepted(String workflow) {
    CoordinatorClient coordinator = coordinators.get(next);
    next = (next + 1) % coordinators.size();
    try {
      Accepted accepted = coordinator.submit(workflow);
      if (accepted.tasks() != BATCH) {
        throw new IllegalStateException("a workflow of " + BATCH + " tasks makes another number");
      }
      submissions.add(accepted.submission());
      return true;
    } catch (UserError e) {
      if (e.lines().stream().anyMatch(line -> line.contains("nothing was submitted"))) {
        throw new IllegalStateException("the workflow is refused: " + e.getMessage(), e);
      }
      return false;
    }
  }
}
