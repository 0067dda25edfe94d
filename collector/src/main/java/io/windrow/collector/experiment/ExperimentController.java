package io.windrow.collector.experiment;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.experiment.Experiments;
import io.windrow.experiment.Experiments.Experiment;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.Recorder.Status;
import io.windrow.experiment.RecorderQuery;
import io.windrow.experiment.RecorderQuery.Cursor;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Tagged;
import io.windrow.web.paging.NextPage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Experiments, and the recorders of one. */
@RestController
@RequestMapping("/api/v1/experiments")
class ExperimentController {
  private static final int MOST = 1000;
  private static final String PAGE = "100";

  private final Experiments experiments;

  ExperimentController(Experiments experiments) {
    this.experiments = experiments;
  }

  /**
   * Experiments by name. The header {@code Link} says where the next page begins, if any.
   *
   * @param cursor where the page begins: {@code next} of the page before
   * @param after the earlier name of cursor
   * @param limit most experiments, 1 to 1000
   */
  @GetMapping
  Mono<ExperimentView.Page> list(
      @RequestParam @Nullable String cursor,
      @RequestParam @Nullable String after,
      @RequestParam(defaultValue = PAGE) int limit,
      ServerWebExchange exchange) {
    int most = limit(limit);
    String from = NextPage.from(cursor, after);
    return experiments
        .list()
        .map(
            all -> {
              List<ExperimentView> page =
                  all.stream()
                      .filter(one -> one.name().compareTo(from) > 0)
                      .limit(most + 1L)
                      .map(ExperimentView::of)
                      .toList();
              return page.size() > most
                  ? new ExperimentView.Page(page.subList(0, most), page.get(most - 1).name())
                  : new ExperimentView.Page(page, null);
            })
        .doOnNext(page -> NextPage.link(exchange, page.next()));
  }

  /** Creates an experiment: 201, or 200 if it is there. */
  @ApiResponse(
      responseCode = "201",
      description = "It is new",
      content = @Content(schema = @Schema(implementation = ExperimentView.class)))
  @ApiResponse(
      responseCode = "200",
      description = "It was there",
      content = @Content(schema = @Schema(implementation = ExperimentView.class)))
  @PostMapping
  Mono<ResponseEntity<ExperimentView>> create(@RequestBody Bodies.NewExperiment body) {
    String name = body.name() == null ? "" : body.name();
    return experiments
        .create(name)
        .flatMap(
            created ->
                experiment(name)
                    .map(
                        ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)::body));
  }

  /**
   * One experiment.
   *
   * @param experiment its name
   */
  @Tagged
  @GetMapping("/{experiment}")
  Mono<ResponseEntity<ExperimentView>> one(@PathVariable String experiment) {
    return experiment(experiment).map(view -> ResponseEntity.ok().eTag(ETags.of(view)).body(view));
  }

  private Mono<ExperimentView> experiment(String experiment) {
    return experiments
        .find(experiment)
        .map(ExperimentView::of)
        .switchIfEmpty(Mono.defer(() -> unknown(experiment)));
  }

  /**
   * Deletes an experiment with all it has.
   *
   * @param experiment its name
   * @param force whether running recorders go, too
   */
  @ApiResponse(responseCode = "204", description = "It is gone", content = @Content)
  @DeleteMapping("/{experiment}")
  Mono<ResponseEntity<Void>> delete(
      @PathVariable String experiment, @RequestParam(defaultValue = "false") boolean force) {
    return experiment(experiment)
        .then(experiments.delete(experiment, force))
        .thenReturn(ResponseEntity.noContent().build());
  }

  /**
   * Recorders, newest first. The header {@code Link} says where the next page begins, if any.
   *
   * @param experiment name of the experiment
   * @param limit most recorders, 1 to 1000
   */
  @Parameter(
      name = "cursor",
      in = ParameterIn.QUERY,
      description = "Where the page begins: next of the page before.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "after",
      in = ParameterIn.QUERY,
      description = "The earlier name of cursor.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "status",
      in = ParameterIn.QUERY,
      description = "Only those: running, finished, failed or scheduled.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "name",
      in = ParameterIn.QUERY,
      description = "Only of this name.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "task",
      in = ParameterIn.QUERY,
      description = "Only of the task with this id.",
      schema = @Schema(type = "string"))
  @Parameter(
      name = "param",
      in = ParameterIn.QUERY,
      description = "Only with this parameter, name=value; several times for several.",
      array = @ArraySchema(schema = @Schema(type = "string")))
  @Parameter(
      name = "tag",
      in = ParameterIn.QUERY,
      description = "Only with this tag, name=value; several times for several.",
      array = @ArraySchema(schema = @Schema(type = "string")))
  @GetMapping("/{experiment}/recorders")
  Mono<RecorderView.Page> recorders(
      @PathVariable String experiment,
      @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> query,
      @RequestParam(defaultValue = PAGE) int limit,
      ServerWebExchange exchange) {
    int most = limit(limit);
    String from = NextPage.from(query.getFirst("cursor"), query.getFirst("after"));
    RecorderQuery wanted =
        new RecorderQuery(
            experiment,
            status(query.getFirst("status")),
            query.getFirst("name"),
            query.getFirst("task"),
            pairs("param", query.get("param")),
            pairs("tag", query.get("tag")),
            from.isEmpty() ? null : Cursor.parse(from),
            most + 1);
    return experiment(experiment)
        .then(experiments.recorders(wanted).collectList())
        .map(
            found -> {
              List<Recorder> page = found.subList(0, Math.min(most, found.size()));
              return new RecorderView.Page(
                  page.stream().map(RecorderView::of).toList(),
                  found.size() > most ? Cursor.of(page.get(most - 1)).text() : null);
            })
        .doOnNext(page -> NextPage.link(exchange, page.next()));
  }

  /**
   * Starts a recorder, or goes on with one.
   *
   * @param experiment name of the experiment
   */
  @ApiResponse(
      responseCode = "201",
      description = "The recorder",
      content = @Content(schema = @Schema(implementation = RecorderView.class)))
  @PostMapping("/{experiment}/recorders")
  Mono<ResponseEntity<RecorderView>> start(
      @PathVariable String experiment, @RequestBody Bodies.Start body) {
    String name = body.name() == null ? Recorder.DEFAULT_NAME : body.name();
    Map<String, String> tags = Bodies.texts(body.tags());
    Mono<Recorder> recorder =
        Boolean.TRUE.equals(body.resume())
            ? experiments.resume(experiment, body.id(), name)
            : experiments.start(experiment, name, tags);
    return recorder.map(RecorderView::of).map(ResponseEntity.status(HttpStatus.CREATED)::body);
  }

  /**
   * A recorder by its id, else the latest of that name.
   *
   * @param experiment name of the experiment
   * @param recorder id or name of the recorder
   */
  @Tagged
  @GetMapping("/{experiment}/recorders/{recorder}")
  Mono<ResponseEntity<RecorderView>> recorder(
      @PathVariable String experiment, @PathVariable String recorder) {
    return experiment(experiment)
        .then(experiments.recorder(experiment, recorder))
        .map(RecorderView::tagged)
        .switchIfEmpty(
            Mono.defer(
                () ->
                    experiments
                        .recorders(RecorderQuery.of(experiment).atMost(MOST))
                        .flatMapIterable(one -> List.of(one.id(), one.name()))
                        .collectList()
                        .flatMap(
                            known -> Mono.error(Missing.recorder(recorder, experiment, known)))));
  }

  private Mono<ExperimentView> unknown(String name) {
    return experiments
        .list()
        .flatMap(
            all ->
                Mono.error(Missing.experiment(name, all.stream().map(Experiment::name).toList())));
  }

  private static int limit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "limit: must be 1 to " + MOST + ", further pages come with after=");
    }
    return limit;
  }

  private static @Nullable Status status(@Nullable String word) {
    if (word == null) {
      return null;
    }
    Map<String, Status> statuses = new LinkedHashMap<>();
    for (Status status : Status.values()) {
      statuses.put(status.name().toLowerCase(Locale.ROOT), status);
    }
    Status status = statuses.get(word.toLowerCase(Locale.ROOT));
    if (status == null) {
      throw new IllegalArgumentException(
          "status: "
              + Section.quote(word)
              + " is none of "
              + statuses.keySet()
              + Nearest.hint(word, statuses.keySet()));
    }
    return status;
  }

  private static Map<String, String> pairs(String parameter, @Nullable List<String> values) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String value : values == null ? List.<String>of() : values) {
      int equals = value.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            parameter + ": " + Section.quote(value) + " must be name=value");
      }
      pairs.put(value.substring(0, equals), value.substring(equals + 1));
    }
    return pairs;
  }
}
