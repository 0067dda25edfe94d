package io.windrow.web.idempotency;

import io.windrow.web.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** A request whose body has been read and can be read again. */
final class ReadRequest extends ServerHttpRequestDecorator {
  private final byte[] body;

  ReadRequest(ServerHttpRequest request, byte[] body) {
    super(request);
    this.body = body;
  }

  @Override
  public Flux<DataBuffer> getBody() {
    return body.length == 0
        ? Flux.empty()
        : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
  }

  /** Of all that makes it this request: method, address, type and body. */
  String hash() {
    String type = getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
    return hash(
        (getMethod().name() + "\n" + getURI().getRawPath() + "\n" + getURI().getRawQuery() + "\n")
            .getBytes(StandardCharsets.UTF_8),
        (type + "\n").getBytes(StandardCharsets.UTF_8),
        body);
  }

  static String hash(byte[]... parts) {
    return HexFormat.of().formatHex(Sha256.of(parts));
  }
}
