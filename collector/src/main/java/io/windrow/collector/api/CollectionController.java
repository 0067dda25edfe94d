package io.windrow.collector.api;

import io.windrow.collector.collect.CollectionService;
import io.windrow.collector.collect.GroupCollection;
import io.windrow.collector.collect.GroupSeries;
import io.windrow.collector.collect.SubmissionCollection;
import io.windrow.pool.SubmissionStore;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The results API. Every address takes {@code ensemble}, {@code key} and {@code artifacts} (see
 * {@link CollectQuery}), which stand in for what the submission declares.
 */
@RestController
@RequestMapping("/api/v1/collections")
class CollectionController {
  /** Says that a series has gaps. */
  static final String PARTIAL_HEADER = "Windrow-Partial";

  static final String PARTIAL_KEY = "windrow.partial";
  static final String ARROW = "application/vnd.apache.arrow.file";

  private static final MediaType ARROW_TYPE = MediaType.parseMediaType(ARROW);
  private static final Executor WRITERS = task -> Schedulers.boundedElastic().schedule(task);

  private final CollectionService collections;
  private final SubmissionStore submissions;

  CollectionController(CollectionService collections, SubmissionStore submissions) {
    this.collections = collections;
    this.submissions = submissions;
  }

  /** How far a submission has come and what its predictions are worth. */
  @GetMapping(path = "/{submission}", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<CollectionView> collection(
      @PathVariable String submission, @RequestParam MultiValueMap<String, String> query) {
    return collect(submission, query).map(CollectionView::of);
  }

  /** One series of a group, as an Arrow IPC file unless JSON is asked for. */
  @GetMapping(
      path = "/{submission}/groups/{group}/{series}",
      produces = {ARROW, MediaType.APPLICATION_JSON_VALUE})
  Mono<ResponseEntity<Flux<DataBuffer>>> series(
      @PathVariable String submission,
      @PathVariable int group,
      @PathVariable String series,
      @RequestParam(defaultValue = "false") boolean partial,
      @RequestParam MultiValueMap<String, String> query,
      ServerWebExchange exchange) {
    SeriesKind kind = SeriesKind.of(series);
    return collect(submission, query)
        .map(
            collection -> {
              if (!kind.artifacts().stream()
                  .allMatch(collection.settings().artifacts()::contains)) {
                throw Problems.notCollected(kind, collection.settings().artifacts());
              }
              if (!collection.complete() && !partial) {
                throw Problems.incomplete(collection);
              }
              return respond(collection, group, kind, exchange);
            });
  }

  private Mono<SubmissionCollection> collect(
      String submission, MultiValueMap<String, String> query) {
    return collections
        .collect(submission, declared -> CollectQuery.over(declared, query))
        .switchIfEmpty(
            Mono.defer(
                () ->
                    submissions
                        .idsLike(submission)
                        .collectList()
                        .flatMap(
                            near -> Mono.error(Problems.unknownSubmission(submission, near)))));
  }

  private static ResponseEntity<Flux<DataBuffer>> respond(
      SubmissionCollection collection, int group, SeriesKind kind, ServerWebExchange exchange) {
    String submission = collection.progress().submission().id();
    List<GroupCollection> groups = collection.groups();
    if (group < 0 || group >= groups.size()) {
      throw Problems.unknownGroup(submission, group, groups.size());
    }
    GroupCollection rolled = groups.get(group);
    boolean arrow = wantsArrow(exchange);
    ResponseEntity.BodyBuilder response =
        ResponseEntity.ok().contentType(arrow ? ARROW_TYPE : MediaType.APPLICATION_JSON);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("windrow.submission", submission);
    metadata.put("windrow.group", String.join(",", rolled.group().key()));
    if (!collection.complete()) {
      response.header(PARTIAL_HEADER, "true");
      metadata.put(PARTIAL_KEY, "true");
    }
    response.headers(
        headers ->
            headers.setContentDisposition(
                ContentDisposition.attachment()
                    .filename(kind.word() + (arrow ? ".arrow" : ".json"))
                    .build()));
    DataBufferFactory buffers = exchange.getResponse().bufferFactory();
    return response.body(
        arrow
            ? arrow(rolled.series(), kind, metadata, buffers)
            : json(rolled.series(), kind, buffers));
  }

  private static Flux<DataBuffer> arrow(
      GroupSeries series,
      SeriesKind kind,
      Map<String, String> metadata,
      DataBufferFactory buffers) {
    return Mono.fromCallable(
            () ->
                switch (kind) {
                  case PRED ->
                      ArrowTables.write(new ScoreTable("score", series.predictions(), metadata));
                  case LABEL ->
                      ArrowTables.write(new ScoreTable("LABEL0", series.labels(), metadata));
                  case IC -> ArrowTables.write(series.analysis(), metadata);
                })
        .subscribeOn(Schedulers.boundedElastic())
        .map(buffers::wrap)
        .flux();
  }

  private static Flux<DataBuffer> json(
      GroupSeries series, SeriesKind kind, DataBufferFactory buffers) {
    return Flux.from(
        DataBufferUtils.outputStreamPublisher(
            out -> {
              switch (kind) {
                case PRED -> SeriesJson.write("score", series.predictions(), out);
                case LABEL -> SeriesJson.write("LABEL0", series.labels(), out);
                case IC -> SeriesJson.write(series.analysis(), out);
              }
            },
            buffers,
            WRITERS));
  }

  private static boolean wantsArrow(ServerWebExchange exchange) {
    List<MediaType> accepted = new ArrayList<>(exchange.getRequest().getHeaders().getAccept());
    MimeTypeUtils.sortBySpecificity(accepted);
    for (MediaType type : accepted) {
      if (type.includes(ARROW_TYPE)) {
        return true;
      }
      if (type.includes(MediaType.APPLICATION_JSON)) {
        return false;
      }
    }
    return true;
  }
}
