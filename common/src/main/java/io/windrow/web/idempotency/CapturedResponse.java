package io.windrow.web.idempotency;

import io.windrow.web.request.Buffers;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Holds a response back until it is kept. */
final class CapturedResponse extends ServerHttpResponseDecorator {
  private static final byte[] NOTHING = new byte[0];

  private final AtomicReference<byte @Nullable []> body = new AtomicReference<>();

  CapturedResponse(ServerHttpResponse response) {
    super(response);
  }

  @Override
  public Mono<Void> writeWith(Publisher<? extends DataBuffer> parts) {
    return DataBufferUtils.join(parts)
        .map(Buffers::bytes)
        .defaultIfEmpty(NOTHING)
        .doOnNext(body::set)
        .then();
  }

  @Override
  public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
    return writeWith(Flux.from(parts).concatMap(part -> part));
  }

  @Override
  public Mono<Void> setComplete() {
    return Mono.fromRunnable(() -> body.set(NOTHING));
  }

  @Override
  public boolean isCommitted() {
    return body.get() != null || super.isCommitted();
  }

  Answer answer() {
    HttpStatusCode status = getStatusCode();
    byte[] written = body.get();
    return Answer.of(
        status == null ? 200 : status.value(), getHeaders(), written == null ? NOTHING : written);
  }
}
