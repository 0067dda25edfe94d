package io.windrow.collector.api;

import io.windrow.collector.collect.CollectionService;
import io.windrow.collector.collect.GroupBacktest;
import io.windrow.collector.collect.GroupCollection;
import io.windrow.collector.collect.SubmissionCollection;
import io.windrow.pool.SubmissionStore;
import io.windrow.quant.record.SeriesBacktest;
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

  /** Back-tests of one request at the same time. */
  private static final int PARALLEL = 2;

  private static final Executor WRITERS = task -> Schedulers.boundedElastic().schedule(task);

  private final CollectionService collections;
  private final SubmissionStore submissions;

  CollectionController(CollectionService collections, SubmissionStore submissions) {
    this.collections = collections;
    this.submissions = submissions;
  }

  /**
   * How far a submission has come and what its predictions are worth. Back-tests of series with
   * gaps are left out unless {@code partial} is given.
   */
  @GetMapping(path = "/{submission}", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<CollectionView> collection(
      @PathVariable String submission,
      @RequestParam(defaultValue = "false") boolean partial,
      @RequestParam MultiValueMap<String, String> query) {
    return collect(submission, query)
        .flatMap(
            collection ->
                Flux.fromIterable(collection.groups())
                    .flatMapSequential(
                        group -> collections.backtest(collection, group, partial), PARALLEL)
                    .collectList()
                    .map(backtests -> CollectionView.of(collection, backtests)));
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
        .flatMap(
            collection -> {
              if (!kind.artifacts().stream()
                  .allMatch(collection.settings().artifacts()::contains)) {
                throw Problems.notCollected(kind, collection.settings().artifacts());
              }
              if (!collection.complete() && !partial) {
                throw Problems.incomplete(collection);
              }
              GroupCollection rolled = group(collection, group);
              Mono<SeriesBody> body =
                  kind.ofBacktest()
                      ? collections
                          .backtest(collection, rolled, partial)
                          .map(backtest -> SeriesBody.of(kind, done(backtest)))
                      : Mono.just(SeriesBody.of(kind, rolled.series()));
              return body.map(one -> respond(collection, rolled, kind, one, exchange));
            });
  }

  private static GroupCollection group(SubmissionCollection collection, int group) {
    List<GroupCollection> groups = collection.groups();
    if (group < 0 || group >= groups.size()) {
      throw Problems.unknownGroup(collection.progress().submission().id(), group, groups.size());
    }
    return groups.get(group);
  }

  private static SeriesBacktest.Outcome done(GroupBacktest backtest) {
    if (backtest instanceof GroupBacktest.Done done) {
      return done.outcome();
    }
    throw backtest instanceof GroupBacktest.Unavailable unavailable
        ? Problems.backtestUnavailable(unavailable.reason())
        : Problems.noBacktest();
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
      SubmissionCollection collection,
      GroupCollection group,
      SeriesKind kind,
      SeriesBody body,
      ServerWebExchange exchange) {
    boolean arrow = wantsArrow(exchange);
    ResponseEntity.BodyBuilder response =
        ResponseEntity.ok().contentType(arrow ? ARROW_TYPE : MediaType.APPLICATION_JSON);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("windrow.submission", collection.progress().submission().id());
    metadata.put("windrow.group", String.join(",", group.group().key()));
    if (!collection.complete()) {
      response.header(PARTIAL_HEADER, "true");
      metadata.put(PARTIAL_KEY, "true");
    }
    response.headers(
        headers ->
            headers.setContentDisposition(
                ContentDisposition.attachment()
                    .filename(kind.file() + (arrow ? ".arrow" : ".json"))
                    .build()));
    DataBufferFactory buffers = exchange.getResponse().bufferFactory();
    return response.body(
        arrow
            ? Mono.fromCallable(() -> body.arrow(metadata))
                .subscribeOn(Schedulers.boundedElastic())
                .map(buffers::wrap)
                .flux()
            : Flux.from(DataBufferUtils.outputStreamPublisher(body::json, buffers, WRITERS)));
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
