package io.windrow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class BatchesTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<List<Integer>> sent = new ArrayList<>();
  private final List<Sinks.One<List<String>>> replies = new ArrayList<>();
  private final Batches<Integer, String> batches =
      new Batches<>(
          3,
          LONG,
          operations -> {
            sent.add(operations);
            replies.add(Sinks.one());
            return replies.get(replies.size() - 1).asMono();
          },
          IllegalArgumentException.class::isInstance);

  @Test
  void one_that_comes_alone_goes_at_once() throws Exception {
    CompletableFuture<String> one = batches.add(1).toFuture();

    assertThat(sent).containsExactly(List.of(1));
    answer(0);
    assertThat(one.get()).isEqualTo("answer to 1");
  }

  @Test
  void what_comes_meanwhile_goes_together_and_each_gets_its_own_answer() throws Exception {
    List<CompletableFuture<String>> all = add(1, 2, 3, 4, 5);
    assertThat(sent).containsExactly(List.of(1));

    answer(0);
    assertThat(sent).containsExactly(List.of(1), List.of(2, 3, 4));
    answer(1);
    assertThat(sent).hasSize(3).last().isEqualTo(List.of(5));
    answer(2);

    for (int i = 0; i < 5; i++) {
      assertThat(all.get(i).get()).isEqualTo("answer to " + (i + 1));
    }
  }

  @Test
  void what_nobody_waits_for_any_more_is_not_sent() {
    add(1);
    Disposable givenUp = batches.add(2).subscribe();
    add(3);

    givenUp.dispose();
    answer(0);

    assertThat(sent).containsExactly(List.of(1), List.of(3));
  }

  @Test
  void the_fault_of_one_is_its_own() throws Exception {
    List<CompletableFuture<String>> all = add(1, 2, 3, 4);
    answer(0);

    replies.get(1).tryEmitError(new IllegalArgumentException("one of them"));
    answer(2); // 2, by itself
    replies.get(3).tryEmitError(new IllegalArgumentException("3 itself"));
    assertThat(sent).hasSize(5).last().isEqualTo(List.of(4));
    CompletableFuture<String> late = batches.add(6).toFuture();
    assertThat(sent).hasSize(5);
    answer(4);
    answer(5);

    assertThat(all.get(1).get()).isEqualTo("answer to 2");
    assertThatThrownBy(() -> all.get(2).get())
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("3 itself");
    assertThat(all.get(3).get()).isEqualTo("answer to 4");
    assertThat(late.get()).isEqualTo("answer to 6");
  }

  @Test
  void an_error_of_all_is_told_to_all_and_holds_nobody_up() throws Exception {
    List<CompletableFuture<String>> all = add(1, 2, 3, 4, 5);
    answer(0);

    replies.get(1).tryEmitError(new IllegalStateException("away"));
    answer(2);

    for (int i = 1; i < 4; i++) {
      assertThat(all.get(i)).isCompletedExceptionally();
    }
    assertThat(all.get(4).get()).isEqualTo("answer to 5");
  }

  @Test
  void one_that_is_never_answered_does_not_stop_the_others() throws Exception {
    Batches<Integer, String> impatient =
        new Batches<>(
            3,
            Duration.ofMillis(20),
            operations -> operations.contains(1) ? Mono.never() : Mono.just(List.of("answer to 2")),
            IllegalArgumentException.class::isInstance);
    CompletableFuture<String> silent = impatient.add(1).toFuture();

    assertThatThrownBy(silent::get).hasCauseInstanceOf(TimeoutException.class);

    assertThat(impatient.add(2).toFuture().get()).isEqualTo("answer to 2");
  }

  private List<CompletableFuture<String>> add(int... operations) {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int each : operations) {
      all.add(Mono.defer(() -> batches.add(each)).toFuture());
    }
    return all;
  }

  private void answer(int batch) {
    replies
        .get(batch)
        .tryEmitValue(sent.get(batch).stream().map(each -> "answer to " + each).toList())
        .orThrow();
  }
}
