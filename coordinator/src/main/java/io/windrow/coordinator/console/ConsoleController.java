package io.windrow.coordinator.console;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The web console. Every page is the same file, which finds out from its address what to show, so a
 * link to a task can be sent to somebody. Browsers ask each time whether they have the newest.
 */
@Hidden // no part of the API
@RestController
class ConsoleController {
  private final ConsoleFiles files = ConsoleFiles.load();

  /**
   * A page.
   *
   * @param query whatever the page keeps there
   */
  @GetMapping({
    "/",
    "/pools",
    "/pools/{name}",
    "/tasks/{id}",
    "/experiments",
    "/experiments/{name}",
    "/recorders/{id}",
    "/submissions",
    "/submissions/{id}",
    "/workers",
    "/queues",
    "/sign-in"
  })
  ResponseEntity<byte[]> page(ServerHttpRequest request, @RequestParam Map<String, String> query) {
    return answer(files.page(), request);
  }

  /** What pages load. */
  @GetMapping({
    "/assets/{*path}",
    "/webjars/lit-html/{*path}",
    "/webjars/echarts/dist/echarts.min.js"
  })
  ResponseEntity<byte[]> file(ServerHttpRequest request) {
    return files
        .file(request.getPath().pathWithinApplication().value())
        .map(file -> answer(file, request))
        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
  }

  private static ResponseEntity<byte[]> answer(ConsoleFile file, ServerHttpRequest request) {
    ConsoleFile.Encoded encoded = file.plain();
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    if (file.gzipped() != null && AcceptedEncodings.gzip(request.getHeaders())) {
      encoded = file.gzipped();
      answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return answer
        .contentType(file.type())
        .cacheControl(CacheControl.noCache())
        .eTag(encoded.tag())
        .body(encoded.bytes());
  }
}
