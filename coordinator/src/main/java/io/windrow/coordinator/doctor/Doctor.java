package io.windrow.coordinator.doctor;

import io.windrow.coordinator.fleet.Fleet;
import io.windrow.coordinator.fleet.QueueBoard;
import io.windrow.coordinator.fleet.QueueStand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks at everything the coordinator can see. It always answers, and within seconds. */
public final class Doctor {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration SKEW = Duration.ofSeconds(2);

  private final Fleet fleet;
  private final QueueBoard board;
  private final Clock store;
  private final Supplier<Duration> ahead;
  private final BrokerChecks broker;
  private final List<Path> dataRoots;
  private final String version;

  /**
   * @param store the store's clock
   * @param ahead how far it is ahead of this machine's
   * @param version of this program
   */
  public Doctor(
      Fleet fleet,
      QueueBoard board,
      Admin admin,
      Clock store,
      Supplier<Duration> ahead,
      List<Path> dataRoots,
      String version) {
    this.fleet = fleet;
    this.board = board;
    this.store = store;
    this.ahead = ahead;
    this.broker = new BrokerChecks(admin, PATIENCE);
    this.dataRoots = List.copyOf(dataRoots);
    this.version = version;
  }

  /**
   * What was found.
   *
   * @param version of the coordinator
   * @param now by the store's clock
   * @param checks each with what to do
   */
  public record Report(String version, Instant now, List<Check> checks) {}

  /** Looks. */
  public Mono<Report> look() {
    return Mono.zip(board.now(), fleet.list().collectList())
        .timeout(PATIENCE)
        .map(
            seen -> {
              List<Check> checks = new ArrayList<>();
              checks.add(Check.ok("store", "answers"));
              checks.addAll(FleetChecks.of(seen.getT2(), seen.getT1(), version));
              return new Seen(
                  checks,
                  seen.getT1().stream()
                      .filter(stand -> stand.demand() > 0)
                      .map(QueueStand::queue)
                      .toList());
            })
        .onErrorResume(
            error ->
                Mono.just(
                    new Seen(
                        List.of(
                            Check.wrong(
                                "store",
                                "does not answer: " + Check.reason(error),
                                "start MongoDB, or correct spring.mongodb.uri; workers go on with"
                                    + " what they hold")),
                        List.of())))
        .flatMap(
            seen -> Mono.fromCallable(() -> report(seen)).subscribeOn(Schedulers.boundedElastic()));
  }

  private record Seen(List<Check> checks, List<String> queues) {}

  private Report report(Seen seen) {
    List<Check> checks = new ArrayList<>(seen.checks());
    checks.addAll(broker.look(seen.queues()));
    checks.add(clocks());
    dataRoots.forEach(root -> checks.add(data(root)));
    if (dataRoots.isEmpty()) {
      checks.add(
          Check.wrong(
              "data",
              "no folder is configured",
              "name the folders of market data in windrow.data.roots (--data-root)"));
    }
    return new Report(version, store.instant(), checks);
  }

  private Check clocks() {
    Duration off = ahead.get().abs();
    return off.compareTo(SKEW) <= 0
        ? Check.ok("clock", "the coordinator's is the store's")
        : Check.warning(
            "clock",
            "the coordinator's is %.1f s off the store's".formatted(off.toMillis() / 1000.0),
            "let both machines set their clocks over the network (NTP); leases go by the store's");
  }

  private static Check data(Path root) {
    return Files.isDirectory(root) && Files.isReadable(root)
        ? Check.ok("data", root + " can be read")
        : Check.wrong(
            "data",
            root + " is no folder that can be read",
            "make it, or mount it here and at the workers, or correct windrow.data.roots");
  }
}
