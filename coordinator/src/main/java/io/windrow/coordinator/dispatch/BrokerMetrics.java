package io.windrow.coordinator.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.windrow.coordinator.deadletter.DeadLetterBox;
import io.windrow.meter.Freshness;
import io.windrow.meter.LiveGauges;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/** Counts what lies at the broker: announcements that nobody has taken, and dead letters. */
public final class BrokerMetrics implements Step {
  private final DispatchMetrics queues;
  private final QueueLag lag;
  private final DeadLetterBox deadLetters;
  private final BooleanSupplier leads;
  private final Freshness freshness;
  private final LiveGauges lags;
  private volatile long letters;

  /**
   * @param queues knows which queues there are
   * @param leads whether this coordinator dispatches: it alone tells the lag, so that the others
   *     need not ask the broker for each queue
   * @param freshness of these numbers alone
   */
  public BrokerMetrics(
      DispatchMetrics queues,
      QueueLag lag,
      DeadLetterBox deadLetters,
      BooleanSupplier leads,
      Freshness freshness,
      MeterRegistry meters) {
    this.queues = queues;
    this.lag = lag;
    this.deadLetters = deadLetters;
    this.leads = leads;
    this.freshness = freshness;
    this.lags =
        LiveGauges.of(
            MultiGauge.builder("windrow.queue.lag")
                .description("Announcements that no worker has taken yet"),
            freshness,
            meters);
    Gauge.builder(
            "windrow.deadletter.letters", this, each -> each.freshness.of((double) each.letters))
        .description("Records that nobody could decode and nobody sent again")
        .register(meters);
  }

  @Override
  public boolean runOnce() {
    letters = deadLetters.size();
    lags.set(leads.getAsBoolean() ? measure() : Map.of());
    freshness.renew();
    return false;
  }

  private Map<Tags, Long> measure() {
    Map<Tags, Long> measured = new HashMap<>();
    KafkaException failure = null;
    for (String queue : queues.queues()) {
      try {
        measured.put(Tags.of("queue", queue), lag.of(queue));
      } catch (KafkaException e) {
        failure = e; // a queue that has just come has no topic yet
      }
    }
    if (failure != null && measured.isEmpty()) {
      throw failure;
    }
    return measured;
  }
}
