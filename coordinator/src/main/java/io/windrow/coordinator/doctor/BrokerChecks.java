package io.windrow.coordinator.doctor;

import io.windrow.message.ShareGroups;
import io.windrow.message.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/** Whether the broker answers, has share groups, and has the topics. */
final class BrokerChecks {
  private final Admin admin;
  private final Duration patience;

  BrokerChecks(Admin admin, Duration patience) {
    this.admin = admin;
    this.patience = patience;
  }

  /**
   * Asks the broker; blocks.
   *
   * @param queues that should have a topic
   */
  List<Check> look(List<String> queues) {
    try {
      int nodes = await(admin.describeCluster().nodes()).size();
      List<Check> checks = new ArrayList<>();
      checks.add(Check.ok("broker", "answers, %d in the cluster".formatted(nodes)));
      checks.add(shareGroups());
      checks.add(topics(queues));
      return checks;
    } catch (ExecutionException | TimeoutException e) {
      return List.of(
          Check.wrong(
              "broker",
              "does not answer: " + Check.reason(e.getCause() == null ? e : e.getCause()),
              "start Kafka, or correct spring.kafka.bootstrap-servers; nothing is dispatched"
                  + " meanwhile, nothing is lost"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private Check shareGroups() throws InterruptedException, ExecutionException, TimeoutException {
    return await(ShareGroups.on(admin))
        ? Check.ok("share groups", "on")
        : Check.warning(
            "share groups",
            "off",
            "upgrade the brokers to 4.2 and switch them on (kafka-features.sh upgrade --feature"
                + " share.version=1), or start the workers with windrow.worker.source=classic");
  }

  private Check topics(List<String> queues)
      throws InterruptedException, ExecutionException, TimeoutException {
    Set<String> missing = new TreeSet<>(Set.of(Topics.RESULTS, Topics.DEAD_LETTER));
    queues.stream().filter(Topics::isQueue).map(Topics::tasks).forEach(missing::add);
    int wanted = missing.size();
    missing.removeAll(await(admin.listTopics().names()));
    return missing.isEmpty()
        ? Check.ok("topics", "all %d are there".formatted(wanted))
        : Check.warning(
            "topics",
            "not there: " + String.join(", ", missing),
            "they are made at their first use; if they stay away, let the coordinator make topics"
                + " (its user needs CREATE), or make them by hand with one partition");
  }

  private <T> T await(KafkaFuture<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
