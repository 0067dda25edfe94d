package io.windrow.batch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Gathers operations while the batch before them is under way, and then carries them out as one: as
 * databases commit in groups. An operation that comes alone goes at once, so nobody waits for
 * company; the busier it is, the larger the batches.
 *
 * <p>What is no longer waited for when its batch leaves is left out.
 *
 * @param <T> an operation
 * @param <R> its answer
 */
public final class Batches<T, R> {
  private final int most;
  private final Duration timeout;
  private final Function<List<T>, Mono<List<R>>> carryOut;
  private final Predicate<Throwable> ofOne;
  private final Queue<Waiting<T, R>> waiting = new ArrayDeque<>();
  private boolean underWay;

  /**
   * @param most operations of a batch
   * @param timeout how long a batch may keep those behind it waiting; then its own get a {@link
   *     java.util.concurrent.TimeoutException}, and may have been carried out or not
   * @param carryOut does a batch; as many answers, in the same order
   * @param ofOne whether an error may be the fault of one operation of its batch: then each is done
   *     again by itself, so that only the faulty one fails. Operations must bear repetition
   */
  public Batches(
      int most,
      Duration timeout,
      Function<List<T>, Mono<List<R>>> carryOut,
      Predicate<Throwable> ofOne) {
    this.most = most;
    this.timeout = timeout;
    this.carryOut = carryOut;
    this.ofOne = ofOne;
  }

  private static final class Waiting<T, R> {
    private final T operation;
    private final MonoSink<R> caller;
    private volatile boolean givenUp;

    private Waiting(T operation, MonoSink<R> caller) {
      this.operation = operation;
      this.caller = caller;
      caller.onCancel(() -> givenUp = true);
    }
  }

  /** Carries an operation out, in whichever batch it comes to be. */
  public Mono<R> add(T operation) {
    return Mono.create(
        caller -> {
          synchronized (waiting) {
            waiting.add(new Waiting<>(operation, caller));
          }
          next();
        });
  }

  private void next() {
    List<Waiting<T, R>> batch = new ArrayList<>();
    synchronized (waiting) {
      if (underWay) {
        return;
      }
      while (batch.size() < most && !waiting.isEmpty()) {
        Waiting<T, R> each = waiting.remove();
        if (!each.givenUp) {
          batch.add(each);
        }
      }
      underWay = !batch.isEmpty();
    }
    if (!batch.isEmpty()) {
      send(batch);
    }
  }

  private void send(List<Waiting<T, R>> batch) {
    answers(batch)
        .subscribe(
            answers -> {
              done();
              for (int i = 0; i < batch.size(); i++) {
                batch.get(i).caller.success(answers.get(i));
              }
            },
            error -> {
              if (batch.size() > 1 && ofOne.test(error)) {
                oneByOne(batch);
              } else {
                done();
                batch.forEach(each -> each.caller.error(error));
              }
            });
  }

  private void oneByOne(List<Waiting<T, R>> batch) {
    var unused =
        Flux.fromIterable(batch)
            .concatMap(
                each ->
                    answers(List.of(each))
                        .doOnNext(answers -> each.caller.success(answers.get(0)))
                        .doOnError(each.caller::error)
                        .onErrorComplete())
            .doFinally(end -> done())
            .subscribe();
  }

  private Mono<List<R>> answers(List<Waiting<T, R>> batch) {
    return Mono.defer(() -> carryOut.apply(batch.stream().map(each -> each.operation).toList()))
        .timeout(timeout);
  }

  /** The next batch leaves before the answers of this one are acted upon. */
  private void done() {
    synchronized (waiting) {
      underWay = false;
    }
    next();
  }
}
