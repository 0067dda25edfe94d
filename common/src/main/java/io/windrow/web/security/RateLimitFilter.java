package io.windrow.web.security;

import java.time.Duration;
import java.util.Optional;
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
  private final CallerLimits limits;
  private final Gate gate;

  RateLimitFilter(CallerLimits limits, Gate gate) {
    this.limits = limits;
    this.gate = gate;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (gate.isManagement(exchange.getRequest())) {
      return chain.filter(exchange);
    }
    String address = CallerLimits.address(exchange);
    if (gate.isPage(exchange.getRequest())) {
      return count("page:" + address, exchange, chain);
    }
    return Caller.known()
        .map(Caller::key)
        .defaultIfEmpty(address)
        .flatMap(key -> count(key, exchange, chain));
  }

  private Mono<Void> count(String key, ServerWebExchange exchange, WebFilterChain chain) {
    Optional<Duration> wait = limits.take(key);
    return wait.isEmpty() ? chain.filter(exchange) : limits.refuse(exchange, wait.get());
  }
}
