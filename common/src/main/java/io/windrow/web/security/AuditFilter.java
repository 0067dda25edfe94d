package io.windrow.web.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

/**
 * Writes every change that was let through to the audit log, once its outcome is known and before
 * it is told: who reads the answer finds the entry. If the store is slow the answer goes out after
 * a second and the entry is written behind it. An entry that cannot be written is logged instead,
 * in full, and counted: {@code changes let through = windrow.audit.entries{result=written} +
 * windrow.audit.entries{result=lost}}, but for a process that is killed in between.
 */
final class AuditFilter implements WebFilter {
  private static final Logger log = LoggerFactory.getLogger(AuditFilter.class);
  private static final Duration HOLD_UP = Duration.ofSeconds(1);
  private static final Duration GIVE_UP = Duration.ofSeconds(30);
  private static final int LONGEST_VALUE = 200;
  private static final int NOT_ANSWERED = 0;

  private final AuditLog audit;
  private final String role;
  private final Clock clock;
  private final Counter written;
  private final Counter lost;

  AuditFilter(AuditLog audit, String role, Clock clock, MeterRegistry meters) {
    this.audit = audit;
    this.role = role;
    this.clock = clock;
    this.written = counter("written", meters);
    this.lost = counter("lost", meters);
  }

  private static Counter counter(String result, MeterRegistry meters) {
    return Counter.builder("windrow.audit.entries")
        .description("Changes let through, by whether the audit log has them")
        .tag("result", result)
        .register(meters);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    if (!isChange(exchange.getRequest())) {
      return chain.filter(exchange);
    }
    return Caller.current()
        .flatMap(
            caller -> {
              AtomicBoolean told = new AtomicBoolean();
              exchange
                  .getResponse()
                  .beforeCommit(
                      () ->
                          told.compareAndSet(false, true)
                              ? record(exchange, caller, status(exchange))
                              : Mono.empty());
              return chain
                  .filter(exchange)
                  .doFinally(
                      end -> {
                        // The caller has gone; what he asked for may be done all the same.
                        if (end == SignalType.CANCEL && told.compareAndSet(false, true)) {
                          record(exchange, caller, NOT_ANSWERED).subscribe();
                        }
                      });
            });
  }

  private static boolean isChange(ServerHttpRequest request) {
    return !EndpointScopes.looks(request.getMethod())
        && EndpointScopes.rule(request.getMethod(), request.getPath().pathWithinApplication())
            .map(EndpointScopes.Rule::change)
            .orElse(true);
  }

  /** Ends when it is written, or after a second; never with an error. */
  private Mono<Void> record(ServerWebExchange exchange, Caller caller, int status) {
    PathPattern path = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (path == null) {
      return Mono.empty(); // nobody took it, so nothing was changed
    }
    AuditEntry entry =
        new AuditEntry(
            AuditLog.newId(),
            clock.instant(),
            role,
            caller.kind(),
            caller.id(),
            caller.name(),
            from(exchange.getRequest()),
            exchange.getRequest().getMethod().name(),
            path.getPatternString(),
            target(exchange),
            status);
    Mono<Void> writing =
        audit
            .write(entry)
            .timeout(GIVE_UP)
            .doOnSuccess(done -> written.increment())
            .doOnError(e -> lose(entry, e))
            .onErrorComplete()
            .cache();
    writing.subscribe();
    return writing.timeout(HOLD_UP, Mono.empty());
  }

  private void lose(AuditEntry entry, Throwable e) {
    lost.increment();
    log.atError()
        .addKeyValue("entry", entry)
        .addKeyValue("error", e.toString())
        .log("a change is not in the audit log: the store did not take its entry");
  }

  private static int status(ServerWebExchange exchange) {
    HttpStatusCode status = exchange.getResponse().getStatusCode();
    return status == null ? 200 : status.value();
  }

  private static String from(ServerHttpRequest request) {
    InetSocketAddress remote = request.getRemoteAddress();
    return remote == null ? "" : remote.getHostString();
  }

  private static Map<String, String> target(ServerWebExchange exchange) {
    Map<String, String> variables =
        exchange.getAttributeOrDefault(
            HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.<String, String>of());
    Map<String, String> target = new TreeMap<>();
    variables.forEach(
        (name, value) ->
            target.put(
                name, value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE)));
    return target;
  }
}
