package io.windrow.coordinator.api;

import io.windrow.pool.PoolRetention;
import io.windrow.pool.Retention;
import io.windrow.store.WindrowStore;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Guarded;
import io.windrow.web.conditional.Tagged;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How long a pool keeps what its tasks have come to. */
@RestController
@RequestMapping("/api/v1/pools/{name}/retention")
class RetentionController {
  private static final String FOREVER = "forever";
  private static final int TRIES = 10;

  private final PoolRetention retention;
  private final Selections selections;

  RetentionController(WindrowStore store, Selections selections) {
    this.retention = store.retention();
    this.selections = selections;
  }

  /**
   * A pool's retention.
   *
   * @param pool its name
   * @param attempts ISO-8601 duration
   * @param results ISO-8601 duration, or {@code forever}
   */
  record RetentionView(String pool, String attempts, String results) {
    static RetentionView of(Retention of) {
      return new RetentionView(
          of.pool(),
          of.attempts().toString(),
          of.results() == null ? FOREVER : of.results().toString());
    }
  }

  /**
   * How long a pool keeps what its tasks have come to.
   *
   * @param name of the pool
   */
  @Tagged
  @GetMapping
  Mono<ResponseEntity<RetentionView>> find(@PathVariable String name) {
    return selections
        .existing(name)
        .then(Mono.defer(() -> retention.find(name)))
        .map(RetentionController::answer);
  }

  /**
   * Changes it; what is not given stays as it is.
   *
   * @param name of the pool
   * @param attempts how long failed attempts are kept, as in {@code 7d}
   * @param results how long tasks are kept with all they have come to, or {@code forever}
   */
  @Guarded
  @PutMapping
  Mono<ResponseEntity<RetentionView>> set(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String attempts,
      @RequestParam(required = false) @Nullable String results,
      ServerWebExchange exchange) {
    return selections
        .existing(name)
        .then(
            Mono.defer(() -> retention.find(name))
                .flatMap(
                    was -> {
                      ETags.requireMatch(exchange, tag(was));
                      Retention now = changed(was, attempts, results);
                      return retention
                          .replace(was, now)
                          .filter(done -> done)
                          .map(done -> answer(now));
                    })
                .repeatWhenEmpty(TRIES, again -> again)
                .onErrorMap(
                    IllegalStateException.class,
                    e ->
                        Problems.conflict(
                            "The retention of '" + name + "' changes all the time.")));
  }

  private static ResponseEntity<RetentionView> answer(Retention of) {
    return ResponseEntity.ok().eTag(tag(of)).body(RetentionView.of(of));
  }

  private static String tag(Retention of) {
    return ETags.of(RetentionView.of(of));
  }

  private static Retention changed(
      Retention was, @Nullable String attempts, @Nullable String results) {
    Duration keepAttempts = attempts == null ? was.attempts() : duration("attempts", attempts);
    Duration keepResults = results == null ? was.results() : results(results);
    try {
      return new Retention(was.pool(), keepAttempts, keepResults);
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(e.getMessage() + ".");
    }
  }

  private static @Nullable Duration results(String text) {
    return text.equals(FOREVER) ? null : duration("results", text);
  }

  private static Duration duration(String name, String text) {
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException e) {
      throw Problems.badRequest(
          "%s must be a time as in 12h or 90d, not '%s'.".formatted(name, text));
    }
  }
}
