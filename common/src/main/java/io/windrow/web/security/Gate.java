package io.windrow.web.security;

import java.util.Optional;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Lets a request through if its caller has the scope it needs, or it needs none. Health is open,
 * for probes. The other management endpoints need {@code read}; on a port of their own they are
 * open: who may reach that port is for the network to say.
 */
final class Gate implements ReactiveAuthorizationManager<AuthorizationContext> {
  private static final AuthorizationDecision YES = new AuthorizationDecision(true);
  private static final AuthorizationDecision NO = new AuthorizationDecision(false);

  private final boolean ownManagementPort;
  private final PathPattern management;
  private final PathPattern health;

  Gate(Environment settings) {
    String port = settings.getProperty("management.server.port", "");
    // As Boot sees it: two ports that are any free one are two ports.
    this.ownManagementPort =
        !port.isBlank() && (port.equals("0") || !port.equals(settings.getProperty("server.port")));
    String base = settings.getProperty("management.endpoints.web.base-path", "/actuator");
    PathPatternParser parser = PathPatternParser.defaultInstance;
    this.management = parser.parse(base + "/{*endpoint}");
    this.health = parser.parse(base + "/health/{*part}");
  }

  @Override
  public Mono<AuthorizationResult> authorize(
      Mono<Authentication> authentication, AuthorizationContext context) {
    ServerHttpRequest request = context.getExchange().getRequest();
    if (isOpen(request)) {
      return Mono.just(YES);
    }
    return authentication
        .filter(Authentication::isAuthenticated)
        .mapNotNull(Caller::of)
        .map(caller -> allows(caller, request) ? YES : NO)
        .cast(AuthorizationResult.class)
        .defaultIfEmpty(NO);
  }

  private boolean allows(Caller caller, ServerHttpRequest request) {
    Scope scope = caller.scope();
    return scope != null && needed(request).map(scope::includes).orElse(false);
  }

  /** The scope that a request needs; empty if nobody may make it. */
  Optional<Scope> needed(ServerHttpRequest request) {
    return isManagement(request)
        ? Optional.of(Scope.READ)
        : EndpointScopes.needed(request.getMethod(), path(request));
  }

  /** Whether it asks for a page of the console or for what one loads. */
  boolean isPage(ServerHttpRequest request) {
    return EndpointScopes.isPage(request.getMethod(), path(request));
  }

  boolean isManagement(ServerHttpRequest request) {
    return management.matches(path(request));
  }

  private boolean isOpen(ServerHttpRequest request) {
    HttpMethod method = request.getMethod();
    boolean looks = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    return (looks && health.matches(path(request)))
        || (ownManagementPort && isManagement(request))
        || EndpointScopes.isOpen(method, path(request));
  }

  private static PathContainer path(ServerHttpRequest request) {
    return request.getPath().pathWithinApplication();
  }
}
