package io.windrow.collector.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.collector.answer.Preference;
import io.windrow.collector.collect.CollectionService;
import io.windrow.collector.collect.GroupBacktest;
import io.windrow.collector.collect.GroupCollection;
import io.windrow.collector.collect.SubmissionCollection;
import io.windrow.collector.collect.Window;
import io.windrow.pool.SubmissionStore;
import io.windrow.quant.record.SeriesBacktest;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Tagged;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
   *
   * @param submission id of the submission
   * @param partial whether a series with gaps will do
   */
  @Tagged
  @CollectParameters
  @GetMapping(path = "/{submission}", produces = MediaType.APPLICATION_JSON_VALUE)
  Mono<ResponseEntity<CollectionView>> collection(
      @PathVariable String submission,
      @RequestParam(defaultValue = "false") boolean partial,
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query) {
    return collect(submission, query)
        .flatMap(
            collection ->
                Flux.fromIterable(collection.groups())
                    .flatMapSequential(
                        group -> collections.backtest(collection, group, partial), PARALLEL)
                    .collectList()
                    .map(backtests -> CollectionView.of(collection, backtests)))
        .map(view -> ResponseEntity.ok().eTag(ETags.of(view)).body(view));
  }

  /**
   * One series of a group, as an Arrow IPC file unless JSON is asked for. 409 if it has gaps,
   * unless {@code partial} is given.
   *
   * @param submission id of the submission
   * @param group its number, from 0
   * @param series {@code pred}, {@code label}, {@code ic}, {@code quantiles}, {@code report},
   *     {@code positions} or {@code port_analysis}
   * @param partial whether a series with gaps will do
   */
  @Tagged
  @CollectParameters
  @ApiResponse(
      responseCode = "200",
      description = "The series. The header Windrow-Partial says that it has gaps.",
      content = {
        @Content(mediaType = ARROW, schema = @Schema(type = "string", contentMediaType = ARROW)),
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(type = "object", description = "Columns by name."))
      })
  @GetMapping(
      path = "/{submission}/groups/{group}/{series}",
      produces = {ARROW, MediaType.APPLICATION_JSON_VALUE})
  Mono<ResponseEntity<Flux<DataBuffer>>> series(
      @PathVariable String submission,
      @PathVariable int group,
      @PathVariable String series,
      @RequestParam(defaultValue = "false") boolean partial,
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query,
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
              String tag = kind.ofBacktest() ? null : tag(collection, rolled, kind, exchange);
              if (tag != null && exchange.checkNotModified(tag)) {
                return Mono.just(ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(tag).build());
              }
              Mono<SeriesBody> body =
                  kind.ofBacktest()
                      ? collections
                          .backtest(collection, rolled, partial)
                          .map(backtest -> SeriesBody.of(kind, done(backtest)))
                      : Mono.just(SeriesBody.of(kind, rolled.series()));
              return body.map(one -> respond(collection, rolled, kind, one, tag, exchange));
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

  /**
   * Of all that a series is made of: the same windows put together in the same way are the same
   * bytes. A back-test has none, for it also depends on market data.
   */
  private static String tag(
      SubmissionCollection collection,
      GroupCollection rolled,
      SeriesKind kind,
      ServerWebExchange exchange) {
    return ETags.of(
        List.of(
            collection.progress().submission().id(),
            collection.complete(),
            collection.settings().toString(),
            rolled.group().key(),
            rolled.group().windows().stream().map(Window.Done::recorder).toList(),
            rolled.series().unreadable().size(),
            kind.word(),
            wantsArrow(exchange)));
  }

  private static ResponseEntity<Flux<DataBuffer>> respond(
      SubmissionCollection collection,
      GroupCollection group,
      SeriesKind kind,
      SeriesBody body,
      @Nullable String tag,
      ServerWebExchange exchange) {
    boolean arrow = wantsArrow(exchange);
    ResponseEntity.BodyBuilder response =
        ResponseEntity.ok().contentType(arrow ? ARROW_TYPE : MediaType.APPLICATION_JSON);
    if (tag != null) {
      response.eTag(tag).varyBy(HttpHeaders.ACCEPT);
    }
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
    return !Preference.json(exchange, ARROW_TYPE);
  }
}
