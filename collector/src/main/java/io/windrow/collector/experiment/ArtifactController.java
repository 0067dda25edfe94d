package io.windrow.collector.experiment;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.collector.answer.ColumnsJson;
import io.windrow.collector.answer.Preference;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.experiment.Recording;
import io.windrow.experiment.StoredContent;
import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.definition.Section;
import io.windrow.web.conditional.ByteRange;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Tagged;
import io.windrow.web.problem.Problems;
import io.windrow.web.request.Buffers;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The bytes of artifacts, whole or in part, and small tables as JSON. */
@RestController
@RequestMapping("/api/v1/recorders/{id}/artifacts")
class ArtifactController {
  /** Most values of a table that is answered as JSON: what a browser draws without effort. */
  private static final int MOST_VALUES = 100_000;

  /** Longest file that is looked at for these values. */
  private static final long MOST_BYTES = 8 << 20;

  private static final String TABLE = ".arrow";

  private final Recording recording;

  ArtifactController(Recording recording) {
    this.recording = recording;
  }

  /**
   * An artifact's bytes, or a range of them. A table whose path ends in .arrow is answered as JSON
   * to those who prefer that: an object of columns, of up to 100,000 values. 406 if it has more.
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
      description = "All bytes, or a table as JSON",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            schema = @Schema(type = "string", contentMediaType = "application/octet-stream")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(type = "object", description = "Columns by name."))
      })
  @ApiResponse(
      responseCode = "206",
      description = "The bytes of the range",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", contentMediaType = "application/octet-stream")))
  @GetMapping(
      path = "/{*path}",
      produces = {MediaType.APPLICATION_OCTET_STREAM_VALUE, MediaType.APPLICATION_JSON_VALUE})
  Mono<ResponseEntity<Flux<DataBuffer>>> artifact(
      @PathVariable String id, @PathVariable String path, ServerWebExchange exchange) {
    String name = path.substring(1);
    boolean json =
        name.endsWith(TABLE) && Preference.json(exchange, MediaType.APPLICATION_OCTET_STREAM);
    return recording
        .stored(id, name)
        .flatMap(
            content ->
                json
                    ? table(name, content, exchange)
                    : Mono.fromCallable(() -> bytes(name, content, exchange)))
        .switchIfEmpty(Mono.defer(() -> missing(id, name)));
  }

  private static ResponseEntity<Flux<DataBuffer>> bytes(
      String name, StoredContent content, ServerWebExchange exchange) {
    String tag = ETags.quoted(content.id());
    if (exchange.checkNotModified(tag)) {
      return answer(HttpStatus.NOT_MODIFIED, name, tag).build();
    }
    ByteRange range = ByteRange.of(exchange.getRequest().getHeaders(), content.length(), tag);
    ResponseEntity.BodyBuilder response =
        answer(range == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT, name, tag)
            .contentType(MediaType.APPLICATION_OCTET_STREAM)
            .header(HttpHeaders.ACCEPT_RANGES, "bytes")
            .headers(headers -> headers.setContentDisposition(file(name)));
    if (range == null) {
      return response.contentLength(content.length()).body(buffers(content.whole()));
    }
    return response
        .contentLength(range.size())
        .header(HttpHeaders.CONTENT_RANGE, range.contentRange())
        .body(buffers(content.read(range.first(), range.last())));
  }

  private static Mono<ResponseEntity<Flux<DataBuffer>>> table(
      String name, StoredContent content, ServerWebExchange exchange) {
    String tag = ETags.quoted(content.id() + "-json");
    if (exchange.checkNotModified(tag)) {
      return Mono.just(answer(HttpStatus.NOT_MODIFIED, name, tag).build());
    }
    if (content.length() > MOST_BYTES) {
      return Mono.error(noJson(name, "it has %,d bytes".formatted(content.length())));
    }
    return DataBufferUtils.join(buffers(content.whole()))
        .map(Buffers::bytes)
        .defaultIfEmpty(new byte[0])
        .publishOn(Schedulers.boundedElastic())
        .map(bytes -> json(name, bytes))
        .map(
            json ->
                answer(HttpStatus.OK, name, tag)
                    .contentType(MediaType.APPLICATION_JSON)
                    .contentLength(json.length)
                    .headers(
                        headers ->
                            headers.setContentDisposition(
                                file(name.substring(0, name.length() - TABLE.length()) + ".json")))
                    .body(buffers(Flux.just(ByteBuffer.wrap(json)))));
  }

  private static byte[] json(String name, byte[] bytes) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try {
      ColumnsJson.write(RowTable.read(bytes, MOST_VALUES), json);
    } catch (RuntimeException e) {
      // Arrow meets damaged bytes with many kinds of exceptions.
      throw noJson(name, String.valueOf(e.getMessage()));
    }
    return json.toByteArray();
  }

  private static ErrorResponseException noJson(String name, String why) {
    return Problems.error(
        HttpStatus.NOT_ACCEPTABLE,
        "Not to be had as JSON",
        "%s cannot be answered as JSON: %s. Fetch the file: ask with Accept: %s."
            .formatted(Section.quote(name), why, MediaType.APPLICATION_OCTET_STREAM_VALUE));
  }

  /** What all answers have: caches keep a table's bytes and its JSON apart. */
  private static ResponseEntity.BodyBuilder answer(HttpStatus status, String name, String tag) {
    ResponseEntity.BodyBuilder response = ResponseEntity.status(status).eTag(tag);
    return name.endsWith(TABLE) ? response.varyBy(HttpHeaders.ACCEPT) : response;
  }

  private static ContentDisposition file(String path) {
    return ContentDisposition.attachment()
        .filename(path.substring(path.lastIndexOf('/') + 1))
        .build();
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
