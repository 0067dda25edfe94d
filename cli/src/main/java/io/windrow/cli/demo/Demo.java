package io.windrow.cli.demo;

import io.windrow.cli.client.Accepted;
import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.cli.client.SubmissionView;
import io.windrow.cli.cluster.LocalCluster;
import io.windrow.cli.cluster.LocalCluster.Plan;
import io.windrow.cli.cluster.LocalCluster.Ports;
import io.windrow.cli.collection.CollectionFiles;
import io.windrow.cli.collection.Completeness;
import io.windrow.cli.collection.RiskFigures;
import io.windrow.cli.report.Report.Fact;
import io.windrow.cli.submission.Following;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The demo from start to report: data, cluster, submission, collection, files. */
final class Demo {
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Settings settings;
  private final PrintWriter out;
  private final PrintWriter err;
  private final long begin = System.nanoTime();

  /**
   * What to do.
   *
   * @param dataRoot folder that holds the data
   * @param scratch folder for the broker
   * @param target folder of the results
   */
  record Settings(Path dataRoot, Path scratch, Path target, int workers, int slots) {}

  Demo(Settings settings, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs it.
   *
   * @param data the data, which may come while the cluster starts
   * @return the exit code
   */
  int run(CompletableFuture<DemoData> data) {
    say("starting a Kafka broker, a MongoDB-protocol store and all roles in this process ...");
    Plan plan =
        new Plan(
            settings.scratch(),
            false,
            List.of(settings.dataRoot()),
            settings.workers(),
            settings.slots(),
            Ports.any());
    try (LocalCluster cluster = LocalCluster.start(plan)) {
      DemoData ready = join(data);
      Duration started = since(begin);
      say("data       " + ready.summary());
      say(
          "cluster    up after %s: broker and store %s, roles %s; %d %s of %d slots"
              .formatted(
                  Figures.seconds(started),
                  Figures.seconds(cluster.startTimes().servers()),
                  Figures.seconds(cluster.startTimes().roles()),
                  settings.workers(),
                  settings.workers() == 1 ? "worker" : "workers",
                  settings.slots()));
      say("security   off: only this machine can connect");
      return run(cluster, ready, started);
    }
  }

  private int run(LocalCluster cluster, DemoData data, Duration started) {
    CoordinatorClient coordinator =
        new CoordinatorClient(Endpoint.coordinator(cluster.coordinator()));
    long submitted = System.nanoTime();
    Accepted accepted = coordinator.submit(data.workflow().text());
    say(
        "workflow   %s: %d windows, submission %s"
            .formatted(data.workflow().adapted(), accepted.tasks(), accepted.submission()));
    Following following = new Following(coordinator, LOOK);
    SubmissionView ended = following.untilEnd(accepted.submission(), Progress.of("windows", err));
    Duration ran = since(submitted);
    following.explain(ended, err);
    if (!ended.succeeded()) {
      return 1;
    }
    CollectorClient collector = new CollectorClient(Endpoint.collector(cluster.collector()));
    long collecting = System.nanoTime();
    Collection collection = Completeness.await(collector, accepted.submission());
    TimeSpent spent = TimeSpent.of(collection, settings.workers() * settings.slots(), ran);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("data", data.summary()));
    facts.add(new Fact("start-up", Figures.seconds(started)));
    facts.add(new Fact("windows, from submission to the last outcome", Figures.seconds(ran)));
    spent
        .facts()
        .forEach(fact -> facts.add(new Fact("of the slots' time: " + fact.name(), fact.value())));
    new CollectionFiles(collector, settings.target())
        .write(accepted.submission(), false, data.notice(), facts);
    Duration collected = since(collecting);
    print(collection, data);
    say(
        "time       %s in all: start-up %s, windows %s, collection %s"
            .formatted(
                Figures.seconds(since(begin)),
                Figures.seconds(started),
                Figures.seconds(ran),
                Figures.seconds(collected)));
    StringBuilder phases = new StringBuilder();
    spent
        .facts()
        .forEach(
            fact ->
                phases
                    .append(phases.length() == 0 ? "" : ", ")
                    .append(fact.name())
                    .append(' ')
                    .append(fact.value()));
    say("slots      " + phases);
    say(
        "written    %s: report.html and the tables it shows, pred.csv, collection.json"
            .formatted(settings.target()));
    return 0;
  }

  private void print(Collection collection, DemoData data) {
    collection
        .groups()
        .forEach(
            group -> {
              out.println();
              DemoSummary.windows(group).lines().forEach(out::println);
              out.println();
              out.println(DemoSummary.whole(group));
            });
    RiskFigures.lines(collection).forEach(out::println);
    out.println(data.notice());
    out.println();
    out.flush();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static DemoData join(CompletableFuture<DemoData> data) {
    try {
      return data.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
