package io.windrow.web.idempotency;

import com.mongodb.MongoException;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.web.problem.ProblemWriter;
import io.windrow.web.problem.Problems;
import io.windrow.web.request.Buffers;
import io.windrow.web.security.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Carries out a POST with an {@code Idempotency-Key} once. It comes after the filters that say who
 * asks: everybody has keys of their own.
 *
 * <p>The request is carried out to its end even if the caller hangs up meanwhile, for it is then
 * that the same request comes again. A process that ends meanwhile leaves the key under way; it can
 * be taken again after ten minutes.
 */
public final class IdempotencyFilter implements WebFilter, Ordered {
  private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);

  private final IdempotencyStore store;
  private final int largestBody;

  /**
   * @param largestBody what the codecs hold in memory
   */
  public IdempotencyFilter(MongoDatabase database, Clock clock, DataSize largestBody) {
    this.store = new IdempotencyStore(database, clock);
    this.largestBody = Math.toIntExact(largestBody.toBytes());
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    List<String> given = exchange.getRequest().getHeaders().getOrEmpty(IdempotencyKey.HEADER);
    if (given.isEmpty() || !HttpMethod.POST.equals(exchange.getRequest().getMethod())) {
      return chain.filter(exchange);
    }
    return Mono.fromCallable(() -> IdempotencyKey.check(String.join(",", given)))
        .flatMap(
            key -> read(exchange).flatMap(request -> toTheEnd(once(key, request, exchange, chain))))
        .flatMap(reply -> write(reply, exchange.getResponse()))
        .onErrorResume(
            ErrorResponseException.class, e -> ProblemWriter.write(exchange, e.getBody()));
  }

  private Mono<ReadRequest> read(ServerWebExchange exchange) {
    return DataBufferUtils.join(exchange.getRequest().getBody(), largestBody)
        .map(Buffers::bytes)
        .defaultIfEmpty(new byte[0])
        .map(body -> new ReadRequest(exchange.getRequest(), body))
        .onErrorMap(
            DataBufferLimitException.class,
            e ->
                Problems.error(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "Request too large",
                    "A body may have "
                        + (largestBody >> 10)
                        + " KiB here; this one is larger. Nothing was changed."));
  }

  /** What has begun goes on, even if nobody waits for it any more. */
  private static Mono<Reply> toTheEnd(Mono<Reply> work) {
    return Mono.deferContextual(
        context -> Mono.fromFuture(work.contextWrite(context).toFuture(), true));
  }

  /**
   * What is to be sent.
   *
   * @param replayed it is the answer to an earlier request
   */
  private record Reply(Answer answer, boolean replayed) {}

  private Mono<Reply> once(
      String key, ReadRequest request, ServerWebExchange exchange, WebFilterChain chain) {
    return Caller.current()
        .map(who -> ReadRequest.hash((who.key() + "\n" + key).getBytes(StandardCharsets.UTF_8)))
        .flatMap(
            id ->
                store
                    .begin(id, request.hash())
                    .onErrorMap(MongoException.class, IdempotencyFilter::storeAway)
                    .flatMap(begun -> act(begun, id, request, exchange, chain)));
  }

  private Mono<Reply> act(
      Begun begun,
      String id,
      ReadRequest request,
      ServerWebExchange exchange,
      WebFilterChain chain) {
    if (begun instanceof Begun.First first) {
      return carryOut(id, first.owner(), request, exchange, chain)
          .map(answer -> new Reply(answer, false));
    }
    return begun instanceof Begun.Answered again
        ? Mono.just(new Reply(again.answer(), true))
        : Mono.error(refusal(begun));
  }

  private static ErrorResponseException refusal(Begun begun) {
    if (begun instanceof Begun.UnderWay) {
      return Problems.error(
          HttpStatus.CONFLICT,
          "Request under way",
          "The same request with this Idempotency-Key is being carried out: ask again in a moment.");
    }
    return begun instanceof Begun.AnswerNotKept answered
        ? Problems.error(
            HttpStatus.CONFLICT,
            "Answer not kept",
            "The request with this Idempotency-Key was carried out and answered with status "
                + answered.status()
                + "; the answer was too large to be kept, or a secret. Ask for what it has changed, or take"
                + " another key to do it again.")
        : Problems.error(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Key of another request",
            "This Idempotency-Key came with another request within the last day. Take a new key for"
                + " each request, and the same only to send it again. Nothing was changed.");
  }

  private Mono<Answer> carryOut(
      String id,
      String owner,
      ReadRequest request,
      ServerWebExchange exchange,
      WebFilterChain chain) {
    CapturedResponse response = new CapturedResponse(exchange.getResponse());
    return chain
        .filter(exchange.mutate().request(request).response(response).build())
        .then(Mono.fromSupplier(response::answer))
        .onErrorResume(e -> unlessFails(store.forget(id, owner)).then(Mono.error(e)))
        .flatMap(
            answer ->
                unlessFails(
                        answer.lasting() ? store.end(id, owner, answer) : store.forget(id, owner))
                    .thenReturn(answer));
  }

  /** What was done is done, whether or not it can be noted. */
  private static Mono<Void> unlessFails(Mono<Void> note) {
    return note.doOnError(
            e -> log.atWarn().addKeyValue("error", e.toString()).log("an answer is not kept"))
        .onErrorComplete();
  }

  private static Mono<Void> write(Reply reply, ServerHttpResponse response) {
    Answer answer = reply.answer();
    if (reply.replayed()) { // of the first one, status and headers are there
      response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
      answer.headers().forEach(header -> response.getHeaders().add(header.name(), header.value()));
      response.getHeaders().set(IdempotencyKey.REPLAYED, "true");
    }
    if (answer.body().length == 0) {
      return response.setComplete();
    }
    response.getHeaders().setContentLength(answer.body().length);
    DataBuffer buffer = response.bufferFactory().wrap(answer.body());
    return response.writeWith(Mono.just(buffer));
  }

  private static ErrorResponseException storeAway(MongoException e) {
    return Problems.error(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Store unavailable",
        "The store does not answer ("
            + e.getClass().getSimpleName()
            + "). Nothing was changed; ask again when MongoDB is back.");
  }
}
