package io.windrow.web.security;

import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * While security is off, keeps out what pages of other sites make a browser of this machine send:
 * requests under another name (DNS rebinding) and changes from another origin.
 */
final class LoopbackOnlyFilter implements WebFilter {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    HttpHeaders headers = request.getHeaders();
    InetSocketAddress host;
    try {
      host = headers.getHost();
    } catch (IllegalArgumentException e) {
      return ProblemAnswers.foreign(exchange, "The header Host names no host and port.");
    }
    if (host != null && !isLoopback(host.getHostString())) {
      return ProblemAnswers.foreign(exchange, "The request is for another host than this machine.");
    }
    String origin = headers.getOrigin();
    if (origin != null && !EndpointScopes.looks(request.getMethod()) && !isSame(origin, host)) {
      return ProblemAnswers.foreign(exchange, "The request comes from a page of another origin.");
    }
    return chain.filter(exchange);
  }

  private static boolean isSame(String origin, @Nullable InetSocketAddress host) {
    if (host == null) {
      return false;
    }
    try {
      URI from = URI.create(origin);
      return from.getHost() != null
          && isLoopback(from.getHost())
          && from.getHost().equalsIgnoreCase(host.getHostString())
          && port(from.getPort(), from.getScheme()) == port(host.getPort(), from.getScheme());
    } catch (IllegalArgumentException e) {
      return false; // no address
    }
  }

  private static int port(int named, @Nullable String scheme) {
    return named > 0 ? named : "https".equalsIgnoreCase(scheme) ? HTTPS : HTTP;
  }

  /** By its letters: a name that resolves to this machine may be anybody's. */
  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || host.equals("[0:0:0:0:0:0:0:1]")
        || host.equals("0:0:0:0:0:0:0:1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
