package io.windrow.collector.experiment;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.experiment.Experiments;
import io.windrow.experiment.Metric;
import io.windrow.experiment.Recorder.Status;
import io.windrow.experiment.Recording;
import io.windrow.store.WindrowStore;
import io.windrow.web.conditional.Tagged;
import io.windrow.web.request.Buffers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One recorder: its values, its artifacts, its end. */
@RestController
@RequestMapping("/api/v1/recorders/{id}")
class RecorderController {
  /** Largest artifact taken over HTTP: it is held in memory on its way to the store. */
  private static final int MOST_BYTES = 64 << 20;

  private final Experiments experiments;
  private final Recording recording;
  private final WindrowStore store;

  RecorderController(Experiments experiments, Recording recording, WindrowStore store) {
    this.experiments = experiments;
    this.recording = recording;
    this.store = store;
  }

  /**
   * An artifact as the API tells it.
   *
   * @param path below the recorder
   * @param length bytes
   */
  record ArtifactView(String path, long length) {}

  /**
   * One value of a metric.
   *
   * @param step round, epoch or 0
   * @param value null if it is not a number
   */
  record MetricView(int step, @Nullable Double value) {}

  /**
   * A recorder.
   *
   * @param id of the recorder
   */
  @Tagged
  @GetMapping
  Mono<ResponseEntity<RecorderView>> one(@PathVariable String id) {
    return store
        .recorders()
        .find(id)
        .map(RecorderView::tagged)
        .switchIfEmpty(Mono.defer(() -> unknown(id)));
  }

  private Mono<RecorderView> recorder(String id) {
    return store
        .recorders()
        .find(id)
        .map(RecorderView::of)
        .switchIfEmpty(Mono.defer(() -> unknown(id)));
  }

  /**
   * Deletes a recorder with all it has.
   *
   * @param id of the recorder
   * @param force whether it goes even while it runs
   */
  @ApiResponse(responseCode = "204", description = "It is gone", content = @Content)
  @DeleteMapping
  Mono<ResponseEntity<Void>> delete(
      @PathVariable String id, @RequestParam(defaultValue = "false") boolean force) {
    return experiments
        .deleteRecorder(id, force)
        .flatMap(
            deleted -> deleted ? Mono.just(ResponseEntity.noContent().<Void>build()) : unknown(id));
  }

  /**
   * Ends a recorder.
   *
   * @param id of the recorder
   */
  @PostMapping("/end")
  Mono<RecorderView> end(@PathVariable String id, @RequestBody Bodies.End body) {
    String word = String.valueOf(body.status()).toUpperCase(Locale.ROOT);
    if (!word.equals(Status.FINISHED.name()) && !word.equals(Status.FAILED.name())) {
      throw new IllegalArgumentException("status: must be finished or failed");
    }
    return experiments
        .end(id, Status.valueOf(word))
        .map(RecorderView::of)
        .switchIfEmpty(Mono.defer(() -> unknown(id)));
  }

  /**
   * Sets parameters of a recorder.
   *
   * @param id of the recorder
   */
  @PostMapping("/params")
  Mono<RecorderView> params(
      @PathVariable String id, @RequestBody Map<String, @Nullable Object> params) {
    return recording.logParams(id, Bodies.texts(params)).then(recorder(id));
  }

  /**
   * Sets tags of a recorder.
   *
   * @param id of the recorder
   */
  @PostMapping("/tags")
  Mono<RecorderView> tags(
      @PathVariable String id, @RequestBody Map<String, @Nullable Object> tags) {
    return recording.setTags(id, Bodies.texts(tags)).then(recorder(id));
  }

  /**
   * Logs values of one step; the same request again changes nothing.
   *
   * @param id of the recorder
   */
  @PostMapping("/metrics")
  Mono<RecorderView> metrics(@PathVariable String id, @RequestBody Bodies.Metrics body) {
    return recording
        .logMetrics(id, body.step() == null ? 0 : body.step(), Bodies.numbers(body.metrics()))
        .then(recorder(id));
  }

  /**
   * All values of a metric, by step.
   *
   * @param id of the recorder
   * @param metric its name
   */
  @GetMapping("/metrics/{*metric}")
  Mono<List<MetricView>> history(@PathVariable String id, @PathVariable String metric) {
    return recording.history(id, metric.substring(1)).map(RecorderController::view).collectList();
  }

  /**
   * The artifacts of a recorder, by path.
   *
   * @param id of the recorder
   * @param folder only those below it
   */
  @GetMapping("/artifacts")
  Mono<List<ArtifactView>> artifacts(
      @PathVariable String id, @RequestParam(defaultValue = "") String folder) {
    return recording
        .artifacts(id, folder)
        .map(artifact -> new ArtifactView(artifact.path(), artifact.length()))
        .collectList();
  }

  /**
   * Saves an artifact, in place of an earlier one.
   *
   * @param id of the recorder
   * @param path of the artifact
   */
  @io.swagger.v3.oas.annotations.parameters.RequestBody(
      description = "Its bytes, up to 64 MiB",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", contentMediaType = "application/octet-stream")))
  @ApiResponse(
      responseCode = "201",
      description = "It is saved",
      content = @Content(schema = @Schema(implementation = ArtifactView.class)))
  @PutMapping("/artifacts/{*path}")
  Mono<ResponseEntity<ArtifactView>> save(
      @PathVariable String id, @PathVariable String path, @RequestBody Flux<DataBuffer> body) {
    return DataBufferUtils.join(body, MOST_BYTES)
        .map(Buffers::bytes)
        .defaultIfEmpty(new byte[0])
        .flatMap(bytes -> recording.save(id, path.substring(1), bytes))
        .map(
            artifact ->
                ResponseEntity.status(HttpStatus.CREATED)
                    .body(new ArtifactView(artifact.path(), artifact.length())));
  }

  private <T> Mono<T> unknown(String id) {
    return store
        .recorderIdsLike(id)
        .collectList()
        .flatMap(near -> Mono.error(Missing.recorder(id, near)));
  }

  private static MetricView view(Metric metric) {
    return new MetricView(metric.step(), Double.isFinite(metric.value()) ? metric.value() : null);
  }
}
