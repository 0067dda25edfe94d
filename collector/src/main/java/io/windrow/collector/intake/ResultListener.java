package io.windrow.collector.intake;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.windrow.failpoint.FailPoint;
import io.windrow.message.MessageCodec;
import io.windrow.message.Topics;
import io.windrow.message.UndecodableMessage;
import io.windrow.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;

/**
 * Takes batches from the results topic. In this order, so that a crash anywhere loses nothing:
 *
 * <ol>
 *   <li>undecodable records are parked; a crash after it parks them a second time;
 *   <li>the outcomes are stored; a crash after it stores them again, which changes nothing;
 *   <li>returning lets the container commit the offsets.
 * </ol>
 *
 * An exception leaves the offsets where they are, and the same batch comes again after a pause.
 */
final class ResultListener {
  private static final Logger log = LoggerFactory.getLogger(ResultListener.class);

  private final MessageCodec codec;
  private final CollectedStore store;
  private final DeadLetters deadLetters;
  private final Arrivals arrivals;
  private final IntakeMetrics metrics;
  private final Clock clock;
  private final Traces traces;
  private final Duration storeTimeout;

  ResultListener(
      MessageCodec codec,
      CollectedStore store,
      DeadLetters deadLetters,
      Arrivals arrivals,
      IntakeMetrics metrics,
      Clock clock,
      Traces traces,
      Duration storeTimeout) {
    this.codec = codec;
    this.store = store;
    this.deadLetters = deadLetters;
    this.arrivals = arrivals;
    this.metrics = metrics;
    this.clock = clock;
    this.traces = traces;
    this.storeTimeout = storeTimeout;
  }

  @KafkaListener(
      id = "windrow.collector.results",
      idIsGroup = false,
      topics = Topics.RESULTS,
      containerFactory = IntakeConfiguration.CONTAINER_FACTORY)
  void receive(List<ConsumerRecord<byte[], byte[]>> records) {
    Span span = traces.on() ? begin(records) : Span.getInvalid();
    try {
      Context.current().with(span).wrap(() -> take(records)).run();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  /** One for the batch, linked to the attempts that the results come from. */
  private Span begin(List<ConsumerRecord<byte[], byte[]>> records) {
    List<@Nullable String> attempts = new ArrayList<>(records.size());
    records.forEach(record -> attempts.add(Traces.of(record.headers())));
    Span span = traces.begin("windrow.collect", SpanKind.CONSUMER, attempts);
    span.setAttribute("windrow.results", records.size());
    return span;
  }

  private void take(List<ConsumerRecord<byte[], byte[]>> records) {
    Instant now = clock.instant();
    List<Collected> outcomes = new ArrayList<>(records.size());
    int parked = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        outcomes.add(Collected.of(codec.finished(record.value()), now));
      } catch (UndecodableMessage e) {
        deadLetters.park(record, String.valueOf(e.getMessage()));
        parked++;
      }
    }
    if (parked > 0) {
      FailPoint.RECORDS_PARKED.pass();
    }
    UpsertCount stored = store(outcomes);
    FailPoint.RESULTS_COLLECTED.pass();
    metrics.batch(stored, parked);
    if (stored.upserted() > 0) {
      arrivals.arrived(outcomes.stream().map(Collected::submission).collect(Collectors.toSet()));
    }
  }

  private UpsertCount store(List<Collected> outcomes) {
    try {
      return Objects.requireNonNull(store.upsert(outcomes).block(storeTimeout));
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("results", outcomes.size())
          .addKeyValue("error", e.toString())
          .log("results could not be stored, they will come again");
      throw e;
    }
  }
}
