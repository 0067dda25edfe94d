package io.windrow.cli.chaos;

import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Progress;
import io.windrow.cli.terminal.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * One run: a calm part with one fault at a time, in which recovery is measured; a storm of faults
 * drawn by lot; then everything is healed, and what has come of it is read.
 */
final class ChaosRun implements AutoCloseable {
  private static final List<FaultKind> CALM =
      List.of(
          FaultKind.WORKER_KILL,
          FaultKind.LEADER_KILL,
          FaultKind.BROKER_KILL,
          FaultKind.STORE_KILL,
          FaultKind.WORKER_STOP);

  /** What fencing is for; the proof without it needs no other fault. */
  private static final List<FaultKind> UNFENCED = List.of(FaultKind.WORKER_STOP);

  /** The calm part of a run: half of it. */
  private static final int CALM_PART = 2;

  /**
   * Tasks for each slot in the storm. In the calm part there is about one, so that a task that runs
   * again does not queue behind others for longer than it takes to notice.
   */
  private static final int CROWD = 8;

  private static final Duration DOWN = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration LONG_TASK = Duration.ofMillis(700);
  private static final Duration SETTLE = Duration.ofSeconds(3);

  /**
   * So long and four leases without any progress, and what has not ended is lost: a task of a
   * lease's length may be taken from a worker and run twice more without ending.
   */
  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  private final ChaosPlan plan;
  private final Progress progress;
  private final ChaosCluster cluster;
  private final StoreWatch store;
  private final Observer observer;
  private final Injector injector;
  private final Feeder feeder;
  private final List<Recovery> recoveries = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Instant begin = Instant.now();
  private Instant shown = begin;

  /**
   * @param program the packaged command
   * @param folder for data and logs
   */
  ChaosRun(ChaosPlan plan, Path program, Path folder, Progress progress) {
    this.plan = plan;
    this.progress = progress;
    Path market = folder.resolve("market");
    Workload.writeMarket(market);
    this.cluster = new ChaosCluster(plan, program, folder, market);
    this.store = new StoreWatch(cluster.mongodb());
    this.observer = new Observer(store);
    this.injector = new Injector(cluster, this::leader);
    this.feeder =
        new Feeder(
            new Workload(plan.seed(), plan.lease()),
            cluster.coordinatorAddresses(),
            observer::ended);
  }

  /** Runs it to its end. */
  ChaosResult run() throws InterruptedException {
    progress.show(0, plan.lasts().toSeconds(), "starting the cluster");
    cluster.start();
    begin = Instant.now();
    CompletableFuture<Void> feeding = new CompletableFuture<>();
    ExecutorService feederThread = Executors.newSingleThreadExecutor();
    feederThread.execute(
        () -> {
          try {
            feeder.run();
            feeding.complete(null);
          } catch (RuntimeException e) {
            feeding.completeExceptionally(e);
          }
        });
    threads.execute(observer::run);
    threads.execute(new MachineWatch(plan.lease().dividedBy(3), injector)::run);
    int slots = plan.workers() * ChaosPlan.SLOTS;
    feeder.keep(slots);
    awaitFirstTasks(feeding);
    calm();
    if (!plan.unfenced()) {
      feeder.keep(CROWD * slots);
      storm();
    }
    feederThread.shutdownNow();
    feeding.join();
    show("healing");
    cluster.heal();
    feeder.submit();
    awaitEnd();
    show("reading what has come of it");
    Evidence evidence = new Evidence(store, cluster.kafka());
    History history =
        new History(
            feeder.submitted(),
            injector.faults(),
            observer.seen(),
            evidence.tasks(),
            evidence.published(),
            evidence.collected(),
            Evidence.collections(
                new CollectorClient(Endpoint.collector(cluster.collectorAddress())),
                feeder.submissions()),
            evidence.recorders());
    recoveries.addAll(Recovery.ofKilledWorkers(history));
    return ChaosResult.of(
        plan,
        history,
        recoveries,
        cluster.countInWorkerLogs("claim lost, the attempt is discarded"),
        cluster.endedAlone());
  }

  private void awaitFirstTasks(CompletableFuture<Void> feeding) throws InterruptedException {
    Instant end = Instant.now().plus(START);
    while (observer.ended() == 0) {
      if (feeding.isDone()) {
        feeding.join(); // throws what stopped it
      }
      if (Instant.now().isAfter(end)) {
        throw new UserError("no task ended within " + START + ": see the logs");
      }
      Thread.sleep(POLL.toMillis());
    }
    // Faults are counted from here.
    begin = Instant.now();
  }

  /** At least one round, and more until its time is up: all of it in the proof without fencing. */
  private void calm() throws InterruptedException {
    Duration until = plan.unfenced() ? plan.lasts() : plan.lasts().dividedBy(CALM_PART);
    List<FaultKind> kinds = plan.unfenced() ? UNFENCED : CALM;
    for (int i = 0; i < kinds.size() || elapsed().compareTo(until) < 0; i++) {
      FaultKind kind = kinds.get(i % kinds.size());
      int round = i / kinds.size();
      Planned planned =
          new Planned(
              elapsed(),
              kind,
              round % plan.members(kind.part()),
              kind == FaultKind.WORKER_STOP ? stopped() : DOWN);
      if (kind.part() == FaultKind.Part.WORKER) {
        awaitBusy(cluster.child(kind.part(), planned.index()));
      }
      show(kind.words());
      Instant from = Instant.now();
      Optional<Fault> fault = injector.inject(planned, true);
      switch (kind) {
        case LEADER_KILL -> measure(kind, fault.map(Fault::from).orElse(from));
        case BROKER_KILL, STORE_KILL -> measure(kind, fault.map(Fault::until).orElse(from));
        case WORKER_KILL -> Thread.sleep(plan.lease().toMillis()); // until its tasks are taken
        default -> {}
      }
      Thread.sleep(SETTLE.toMillis());
    }
  }

  /**
   * Past the lease; without fencing until its task is surely somebody else's, with a back-off, too:
   * a worker that is back before has nothing to overwrite.
   */
  private Duration stopped() {
    Duration lease = plan.lease();
    return plan.unfenced() ? lease.multipliedBy(3) : lease.multipliedBy(3).dividedBy(2);
  }

  /** A fault of an idle worker shows nothing. */
  private void awaitBusy(Child worker) throws InterruptedException {
    Instant end = Instant.now().plus(STANDSTILL);
    while (Instant.now().isBefore(end) && !look(() -> store.busy(worker.name(), LONG_TASK))) {
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Until something is announced and taken again. */
  private void measure(FaultKind kind, Instant from) throws InterruptedException {
    Instant end = from.plus(STANDSTILL);
    while (Instant.now().isBefore(end) && !look(() -> store.dispatchedAfter(from))) {
      Thread.sleep(POLL.toMillis());
    }
    recoveries.add(new Recovery(kind, true, Duration.between(from, Instant.now())));
  }

  private static boolean look(BooleanSupplier look) {
    try {
      return look.getAsBoolean();
    } catch (RuntimeException e) {
      return false; // the store is away, and the client has yet to find that it is back
    }
  }

  private void storm() throws InterruptedException {
    List<CompletableFuture<Void>> running = new ArrayList<>();
    Duration from = elapsed();
    Duration part = plan.lasts().minus(plan.lasts().dividedBy(CALM_PART));
    for (Planned planned : Schedule.of(plan, from, from.plus(part))) {
      Thread.sleep(Math.max(0, planned.at().minus(elapsed()).toMillis()));
      show(planned.kind().words());
      running.add(CompletableFuture.runAsync(() -> inject(planned), threads));
    }
    CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
  }

  private void inject(Planned planned) {
    try {
      injector.inject(planned, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * All tasks have their outcome, published and collected, and no attempt's recorder is open; or
   * nothing goes on any more.
   */
  private void awaitEnd() throws InterruptedException {
    long before = -1;
    Instant moved = Instant.now();
    while (true) {
      long done = settled();
      if (shown.plus(SETTLE).isBefore(Instant.now())) {
        show("waiting for the end");
      }
      if (done == 3L * feeder.submitted()) {
        return;
      }
      if (done > before) {
        before = done;
        moved = Instant.now();
      } else if (Instant.now().isAfter(moved.plus(STANDSTILL).plus(plan.lease().multipliedBy(4)))) {
        return;
      }
      Thread.sleep(POLL.toMillis() * 10);
    }
  }

  /** Tasks that have ended, that are published, that are collected; less what is still open. */
  private long settled() {
    try {
      observer.look();
      return 2L * observer.ended() - store.unpublished() + store.collected() - store.open();
    } catch (RuntimeException e) {
      return -1; // the store was not there just now
    }
  }

  private Optional<Child> leader() {
    try {
      return store
          .leader()
          .flatMap(
              pid -> cluster.coordinators().stream().filter(each -> each.pid() == pid).findFirst());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private Duration elapsed() {
    return Duration.between(begin, Instant.now());
  }

  private void show(String what) {
    shown = Instant.now();
    long seconds = elapsed().toSeconds();
    progress.show(
        seconds,
        Math.max(seconds, plan.lasts().toSeconds()),
        "%s of %s tasks ended; %s"
            .formatted(Figures.count(observer.ended()), Figures.count(feeder.submitted()), what));
  }

  /** Kills the cluster. Idempotent. */
  @Override
  public void close() {
    threads.shutdownNow();
    cluster.close();
    store.close();
  }
}
