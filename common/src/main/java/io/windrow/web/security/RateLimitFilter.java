package io.windrow.web.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Counts requests by token, or by address where there is none, and turns away who makes too many.
 * Management is not counted: a probe that is turned away restarts the process. The files of the
 * console are counted apart, by address: a page loads many at once, and takes nothing from what its
 * reader may ask the API.
 */
final class RateLimitFilter implements WebFilter {
  private final RateLimits limits;
  private final Gate gate;
  private final Counter limited;

  RateLimitFilter(RateLimits limits, Gate gate, MeterRegistry meters) {
    this.limits = limits;
    this.gate = gate;
    this.limited =
        Counter.builder("windrow.http.limited")
            .description("Requests turned away because their caller made too many")
            .register(meters);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (gate.isManagement(exchange.getRequest())) {
      return chain.filter(exchange);
    }
    if (gate.isPage(exchange.getRequest())) {
      return count("page:" + address(exchange), exchange, chain);
    }
    return ReactiveSecurityContextHolder.getContext()
        .mapNotNull(SecurityContext::getAuthentication)
        .mapNotNull(Caller::of)
        .map(Caller::key)
        .defaultIfEmpty(address(exchange))
        .flatMap(key -> count(key, exchange, chain));
  }

  private Mono<Void> count(String key, ServerWebExchange exchange, WebFilterChain chain) {
    Optional<Duration> wait = limits.take(key);
    return wait.isEmpty() ? chain.filter(exchange) : refuse(exchange, wait.get());
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

  private static String address(ServerWebExchange exchange) {
    InetSocketAddress remote = exchange.getRequest().getRemoteAddress();
    return remote == null ? "address:" : "address:" + remote.getHostString();
  }
}
