package io.windrow.collector.experiment;

import io.windrow.experiment.Experiments;
import io.windrow.experiment.Experiments.Experiment;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.Recorder.Status;
import io.windrow.experiment.RecorderQuery;
import io.windrow.experiment.RecorderQuery.Cursor;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
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

  /** Experiments by name. */
  @GetMapping
  Mono<ExperimentView.Page> list(
      @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = PAGE) int limit) {
    int most = limit(limit);
    return experiments
        .list()
        .map(
            all -> {
              List<ExperimentView> page =
                  all.stream()
                      .filter(one -> one.name().compareTo(after) > 0)
                      .limit(most + 1L)
                      .map(ExperimentView::of)
                      .toList();
              return page.size() > most
                  ? new ExperimentView.Page(page.subList(0, most), page.get(most - 1).name())
                  : new ExperimentView.Page(page, null);
            });
  }

  /** Creates an experiment: 201, or 200 if it is there. */
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

  /** One experiment. */
  @GetMapping("/{experiment}")
  Mono<ExperimentView> experiment(@PathVariable String experiment) {
    return experiments
        .find(experiment)
        .map(ExperimentView::of)
        .switchIfEmpty(Mono.defer(() -> unknown(experiment)));
  }

  /** Deletes an experiment with all it has. */
  @DeleteMapping("/{experiment}")
  Mono<ResponseEntity<Void>> delete(
      @PathVariable String experiment, @RequestParam(defaultValue = "false") boolean force) {
    return experiment(experiment)
        .then(experiments.delete(experiment, force))
        .thenReturn(ResponseEntity.noContent().build());
  }

  /**
   * Recorders, newest first: of a {@code status}, a {@code name}, a {@code task}, with {@code
   * param=name=value} and {@code tag=name=value}, each of which may be given several times.
   */
  @GetMapping("/{experiment}/recorders")
  Mono<RecorderView.Page> recorders(
      @PathVariable String experiment,
      @RequestParam MultiValueMap<String, String> query,
      @RequestParam(defaultValue = PAGE) int limit) {
    int most = limit(limit);
    String after = query.getFirst("after");
    RecorderQuery wanted =
        new RecorderQuery(
            experiment,
            status(query.getFirst("status")),
            query.getFirst("name"),
            query.getFirst("task"),
            pairs("param", query.get("param")),
            pairs("tag", query.get("tag")),
            after == null ? null : Cursor.parse(after),
            most + 1);
    return experiment(experiment)
        .then(experiments.recorders(wanted).collectList())
        .map(
            found -> {
              List<Recorder> page = found.subList(0, Math.min(most, found.size()));
              return new RecorderView.Page(
                  page.stream().map(RecorderView::of).toList(),
                  found.size() > most ? Cursor.of(page.get(most - 1)).text() : null);
            });
  }

  /** Starts a recorder, or goes on with one. */
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

  /** A recorder by its id, else the latest of that name. */
  @GetMapping("/{experiment}/recorders/{recorder}")
  Mono<RecorderView> recorder(@PathVariable String experiment, @PathVariable String recorder) {
    return experiment(experiment)
        .then(experiments.recorder(experiment, recorder))
        .map(RecorderView::of)
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
