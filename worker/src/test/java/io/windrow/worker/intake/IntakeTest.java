package io.windrow.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.windrow.message.MessageCodec;
import io.windrow.message.TaskAnnounced;
import io.windrow.worker.execute.AttemptRunner;
import io.windrow.worker.execute.Slots;
import io.windrow.worker.lease.LeaseKeeper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import reactor.core.publisher.Mono;

/** What becomes of a handful of announcements, without a broker. */
class IntakeTest {
  private static final int HANDFUL = 3;
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(2);

  private final MessageCodec codec = new MessageCodec();
  private final ManyTasks tasks = new ManyTasks(TaskSourceContract.noop(0));
  private final Slots slots = new Slots(HANDFUL);
  private final LeaseKeeper leases =
      new LeaseKeeper(tasks.pool(), Duration.ofHours(2), System::nanoTime);
  private final Intake intake = intake();

  @AfterEach
  void close() {
    leases.close();
    slots.close();
  }

  @Test
  void claims_won_while_stopping_are_all_handed_back_though_the_store_does_not_say_so()
      throws InterruptedException {
    tasks.handBacksAnswered = Mono.never();
    assertThat(intake.reserve(HANDFUL, Duration.ZERO)).isEqualTo(HANDFUL);

    Map<ConsumerRecord<byte[], byte[]>, Verdict> verdicts =
        intake.take(announcements(), () -> true);

    assertThat(verdicts.values()).hasSize(HANDFUL).containsOnly(Verdict.SETTLED);
    assertThat(tasks.handedBack).hasSize(HANDFUL);
    assertThat(slots.awaitIdle(Duration.ZERO)).isTrue();
  }

  @Test
  void an_error_of_the_jvm_leaves_no_slot_reserved() throws InterruptedException {
    assertThat(intake.reserve(HANDFUL, Duration.ZERO)).isEqualTo(HANDFUL);

    assertThatThrownBy(
            () ->
                intake.take(
                    announcements(),
                    () -> {
                      throw new OutOfMemoryError("a task has filled the heap");
                    }))
        .isInstanceOf(OutOfMemoryError.class);

    assertThat(slots.awaitIdle(Duration.ZERO)).isTrue();
  }

  private List<ConsumerRecord<byte[], byte[]>> announcements() {
    return IntStream.range(0, HANDFUL)
        .mapToObj(
            i -> {
              TaskAnnounced task = new TaskAnnounced(1, "task-" + i + "-".repeat(16), 7, "p", "q");
              return new ConsumerRecord<>("topic", 0, i, new byte[0], codec.encode(task));
            })
        .toList();
  }

  private Intake intake() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    AttemptRunner runner = tasks.runner(leases, meters);
    DeadLetters unused =
        new DeadLetters(
            new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(new HashMap<>())), STORE_TIMEOUT);
    return new Intake(codec, tasks.pool(), "w", slots, runner, unused, STORE_TIMEOUT, meters);
  }
}
