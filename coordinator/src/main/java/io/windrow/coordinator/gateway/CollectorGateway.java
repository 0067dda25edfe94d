package io.windrow.coordinator.gateway;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.windrow.web.problem.ProblemWriter;
import io.windrow.web.problem.Problems;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.NettyOutbound;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Hands what is the collector's to do on to the collector, and its answers back, byte for byte and
 * piece by piece: an artifact is never whole in memory.
 *
 * <p>It comes after the filters of security, so a request without the scope it needs goes no
 * further, and takes the caller's token along: the collector judges for itself. It comes before
 * everything else. The collector, which does it, keeps the keys of repeated requests and writes
 * changes to the audit log; here no handler takes them, so neither is done twice.
 *
 * <p>Each request has a connection of its own, as the collector's server hangs up after one.
 */
@Component
class CollectorGateway implements WebFilter, Ordered {
  private static final Logger log = LoggerFactory.getLogger(CollectorGateway.class);

  private static final List<PathPattern> FORWARDED =
      Stream.of("experiments", "recorders", "collections", "version")
          .map(each -> PathPatternParser.defaultInstance.parse("/api/v1/" + each + "/{*rest}"))
          .toList();

  private final String collector;
  private final HttpClient http;

  CollectorGateway(
      CollectorProperties settings, SslBundles bundles, ReactorResourceFactory resources) {
    this.collector = settings.origin();
    HttpClient plain =
        HttpClient.create(ConnectionProvider.newConnection())
            .runOn(resources.getLoopResources())
            .keepAlive(false)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(settings.connectTimeout().toMillis()))
            .responseTimeout(settings.answerTimeout())
            // The answer has begun; how fast it goes on is for its reader to say.
            .doOnResponse(
                (answer, connection) ->
                    connection.removeHandler(NettyPipeline.ResponseTimeoutHandler));
    this.http =
        settings.sslBundle().isBlank()
            ? plain
            : secured(plain, bundles.getBundle(settings.sslBundle()));
  }

  /** With what the bundle trusts, and its own certificate if it has one. */
  private static HttpClient secured(HttpClient http, SslBundle bundle) {
    try {
      SslContext context =
          SslContextBuilder.forClient()
              .trustManager(bundle.getManagers().getTrustManagerFactory())
              .keyManager(bundle.getManagers().getKeyManagerFactory())
              .build();
      return http.secure(each -> each.sslContext(context));
    } catch (SSLException e) {
      throw new IllegalStateException(
          "windrow.collector.ssl-bundle names a bundle that cannot be used: " + e.getMessage(), e);
    }
  }

  /** After security, which Boot puts at -100. */
  @Override
  public int getOrder() {
    return 0;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Optional<PathPattern> pattern =
        FORWARDED.stream()
            .filter(each -> each.matches(exchange.getRequest().getPath().pathWithinApplication()))
            .findFirst();
    if (pattern.isEmpty()) {
      return chain.filter(exchange);
    }
    ServerRequestObservationContext.findCurrent(exchange.getAttributes())
        .ifPresent(seen -> seen.setPathPattern(pattern.get().getPatternString()));
    return forward(exchange)
        .onErrorResume(e -> !exchange.getResponse().isCommitted(), e -> noAnswer(exchange, e));
  }

  private Mono<Void> forward(ServerWebExchange exchange) {
    ServerHttpRequest request = exchange.getRequest();
    return http.headers(to -> ForwardedHeaders.ofRequest(entries(request.getHeaders()), to::add))
        .request(HttpMethod.valueOf(request.getMethod().name()))
        .uri(target(request))
        .send((to, out) -> hasBody(request) ? pieces(request, out) : out)
        .response((from, content) -> answer(from, content, exchange.getResponse()))
        .then();
  }

  /** Its letters as they were sent: a name may hold escaped slashes. */
  private String target(ServerHttpRequest request) {
    String query = request.getURI().getRawQuery();
    return collector + request.getURI().getRawPath() + (query == null ? "" : "?" + query);
  }

  private static boolean hasBody(ServerHttpRequest request) {
    return request.getHeaders().getContentLength() > 0
        || request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING);
  }

  /** Each goes on as it comes: the sender may wait for what becomes of it. */
  private static NettyOutbound pieces(ServerHttpRequest request, NettyOutbound out) {
    return out.send(request.getBody().map(NettyDataBufferFactory::toByteBuf), piece -> true);
  }

  private static Mono<Void> answer(
      HttpClientResponse from, ByteBufFlux content, ServerHttpResponse to) {
    NettyDataBufferFactory buffers = (NettyDataBufferFactory) to.bufferFactory();
    to.setStatusCode(HttpStatusCode.valueOf(from.status().code()));
    ForwardedHeaders.ofAnswer(
        from.responseHeaders().entries().stream(),
        (name, value) -> to.getHeaders().add(name, value));
    Flux<DataBuffer> body = content.retain().map(buffers::wrap);
    return to.writeWith(body);
  }

  private static Stream<Map.Entry<String, String>> entries(HttpHeaders headers) {
    return headers.headerSet().stream()
        .flatMap(header -> header.getValue().stream().map(v -> Map.entry(header.getKey(), v)));
  }

  private Mono<Void> noAnswer(ServerWebExchange exchange, Throwable e) {
    log.atWarn()
        .addKeyValue("collector", collector)
        .addKeyValue("error", e.toString())
        .log("collector does not answer a request");
    // Of an answer that broke off before its first byte.
    exchange.getResponse().getHeaders().clear();
    boolean distrusted = e instanceof SSLException;
    boolean unreached =
        distrusted || e instanceof ConnectException || e instanceof UnknownHostException;
    return ProblemWriter.write(
        exchange,
        Problems.problem(
            HttpStatus.BAD_GATEWAY,
            "Collector unavailable",
            "The collector at %s %s (%s). %s, that windrow.collector.url of the coordinator is its address%s."
                .formatted(
                    collector,
                    unreached ? "cannot be reached" : "gave no answer",
                    e.getClass().getSimpleName(),
                    unreached
                        ? "Nothing was changed. See that it runs"
                        : "A change may have been made: look before you ask again. See that it runs",
                    distrusted
                        ? " and has the name of its certificate, and that windrow.collector.ssl-bundle"
                            + " names the authority that signed it"
                        : "")));
  }
}
