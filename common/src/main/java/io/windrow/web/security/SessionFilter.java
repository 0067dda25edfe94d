package io.windrow.web.security;

import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Takes the token of a session's cookie where there is no header {@code Authorization}. From here
 * on it is as if it had come in that header. Browsers add cookies to what pages of others make them
 * send, so a change needs a header, too, that those pages cannot send.
 */
final class SessionFilter implements WebFilter {
  static final String CONSOLE = "Windrow-Console";

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    Optional<String> token = Sessions.token(request);
    if (token.isEmpty()
        || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
        || !needsToken(request)) {
      return chain.filter(exchange);
    }
    if (!EndpointScopes.looks(request.getMethod())
        && !"1".equals(request.getHeaders().getFirst(CONSOLE))) {
      return ProblemAnswers.notByTheConsole(exchange);
    }
    ServerHttpRequest shown =
        request.mutate().header(HttpHeaders.AUTHORIZATION, "Bearer " + token.get()).build();
    return chain.filter(exchange.mutate().request(shown).build());
  }

  /** Pages are open to who has an old cookie, too. */
  private static boolean needsToken(ServerHttpRequest request) {
    return EndpointScopes.needed(request.getMethod(), request.getPath().pathWithinApplication())
        .isPresent();
  }
}
