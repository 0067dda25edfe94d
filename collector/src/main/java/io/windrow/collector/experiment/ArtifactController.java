package io.windrow.collector.experiment;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.experiment.Recording;
import io.windrow.experiment.StoredContent;
import io.windrow.web.conditional.ByteRange;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Tagged;
import java.nio.ByteBuffer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The bytes of artifacts, whole or in part. */
@RestController
@RequestMapping("/api/v1/recorders/{id}/artifacts")
class ArtifactController {
  private final Recording recording;

  ArtifactController(Recording recording) {
    this.recording = recording;
  }

  /**
   * An artifact's bytes, or a range of them.
   *
   * @param id of the recorder
   * @param path of the artifact
   */
  @Tagged
  @Parameter(
      name = HttpHeaders.RANGE,
      in = ParameterIn.HEADER,
      description = "One range, as in bytes=0-1023; with several the whole is answered.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = HttpHeaders.IF_RANGE,
      in = ParameterIn.HEADER,
      description =
          "ETag of what the caller has a part of; the whole is answered if it is another.",
      schema = @Schema(type = "string"))
  @ApiResponse(
      responseCode = "200",
      description = "All bytes",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", contentMediaType = "application/octet-stream")))
  @ApiResponse(
      responseCode = "206",
      description = "The bytes of the range",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", contentMediaType = "application/octet-stream")))
  @GetMapping(path = "/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
  Mono<ResponseEntity<Flux<DataBuffer>>> artifact(
      @PathVariable String id, @PathVariable String path, ServerWebExchange exchange) {
    String name = path.substring(1);
    return recording
        .stored(id, name)
        .map(content -> answer(name, content, exchange))
        .switchIfEmpty(Mono.defer(() -> missing(id, name)));
  }

  private static ResponseEntity<Flux<DataBuffer>> answer(
      String name, StoredContent content, ServerWebExchange exchange) {
    String tag = ETags.quoted(content.id());
    if (exchange.checkNotModified(tag)) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build();
    }
    ByteRange range = ByteRange.of(exchange.getRequest().getHeaders(), content.length(), tag);
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT)
            .eTag(tag)
            .header(HttpHeaders.ACCEPT_RANGES, "bytes")
            .headers(
                headers ->
                    headers.setContentDisposition(
                        ContentDisposition.attachment()
                            .filename(name.substring(name.lastIndexOf('/') + 1))
                            .build()));
    if (range == null) {
      return response.contentLength(content.length()).body(buffers(content.whole()));
    }
    return response
        .contentLength(range.size())
        .header(HttpHeaders.CONTENT_RANGE, range.contentRange())
        .body(buffers(content.read(range.first(), range.last())));
  }

  private static Flux<DataBuffer> buffers(Flux<ByteBuffer> bytes) {
    return bytes.map(DefaultDataBufferFactory.sharedInstance::wrap);
  }

  private <T> Mono<ResponseEntity<T>> missing(String id, String path) {
    return recording
        .artifacts(id, "")
        .map(Artifact::path)
        .collectList()
        .flatMap(known -> Mono.error(Missing.artifact(id, path, known)));
  }
}
