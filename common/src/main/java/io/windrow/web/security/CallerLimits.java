package io.windrow.web.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How often callers and addresses may ask, and what they are told beyond it. */
final class CallerLimits {
  private final RateLimits limits;
  private final Counter limited;

  CallerLimits(RateLimits limits, MeterRegistry meters) {
    this.limits = limits;
    this.limited =
        Counter.builder("windrow.http.limited")
            .description("Requests turned away because their caller made too many")
            .register(meters);
  }

  /**
   * Counts a request.
   *
   * @return empty if it may go on, or how long to wait for the next that may
   */
  Optional<Duration> take(String caller) {
    return limits.take(caller);
  }

  /** Counts a token that lets nobody in against its sender's address. */
  Optional<Duration> guessed(ServerWebExchange exchange) {
    return limits.take(address(exchange));
  }

  /** Whether the sender has guessed so often that the store is not asked for him. */
  boolean guessedTooOften(ServerWebExchange exchange) {
    return limits.exhausted(address(exchange));
  }

  Mono<Void> refuse(ServerWebExchange exchange, Duration wait) {
    limited.increment();
    return ProblemAnswers.tooMany(exchange, wait);
  }

  /** What who shows no token is counted by. */
  static String address(ServerWebExchange exchange) {
    InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    return remote == null ? "address:" : "address:" + remote.getHostString();
  }
}
