package io.windrow.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes to recorders that do not belong to a task, and reads from all: {@code log_params}, {@code
 * log_metrics}, {@code set_tags}, {@code save_objects} and {@code load_object} of Qlib's {@code R}.
 *
 * <p>Every call can be repeated after a lost reply without a second effect. An unknown recorder is
 * an error with {@link NoSuchElementException}, a task's recorder with {@link
 * RecorderConflictException}, a bad name or value with {@link IllegalArgumentException}.
 */
public final class Recording {
  /** Longest value of a parameter, Qlib's bound. */
  private static final int LONGEST_VALUE = 1000;

  private final RecorderStore recorders;
  private final ArtifactStore artifacts;

  /** Works on these stores. */
  public Recording(RecorderStore recorders, ArtifactStore artifacts) {
    this.recorders = recorders;
    this.artifacts = artifacts;
  }

  /** Sets parameters; one that is there takes the new value. */
  public Mono<Void> logParams(String id, Map<String, String> params) {
    return checked(params).then(own(id)).then(Mono.defer(() -> recorders.params(id, params)));
  }

  /** Logs values; a second one of the same name and step takes the place of the first. */
  public Mono<Void> logMetrics(String id, int step, Map<String, Double> metrics) {
    List<Metric> values =
        metrics.entrySet().stream()
            .map(entry -> new Metric(entry.getKey(), step, entry.getValue()))
            .sorted(Comparator.comparing(Metric::name))
            .toList();
    return Mono.fromRunnable(() -> metrics.keySet().forEach(Names::requireName))
        .then(own(id))
        .then(Mono.defer(() -> recorders.metrics(id, values)));
  }

  /** Sets tags, of any recorder; the name given at its start stays. */
  public Mono<Void> setTags(String id, Map<String, String> tags) {
    return checked(tags)
        .then(
            tags.containsKey(Recorder.NAME_TAG)
                ? Mono.error(
                    new IllegalArgumentException(
                        "the tag " + Recorder.NAME_TAG + " keeps the recorder's name"))
                : found(id))
        .then(Mono.defer(() -> recorders.tags(id, tags)));
  }

  /** Saves an object under a path; an earlier one takes its leave. */
  public Mono<ArtifactStore.Artifact> save(String id, String path, byte[] bytes) {
    return Mono.fromCallable(() -> Names.requirePath(path))
        .then(own(id))
        .then(Mono.defer(() -> artifacts.put(id, path, bytes)));
  }

  /** An object's bytes; empty if the recorder has none of that path. */
  public Mono<Content> load(String id, String path) {
    return found(id).then(Mono.defer(() -> artifacts.open(id, path)));
  }

  /** The same for who wants a part of it. */
  public Mono<StoredContent> stored(String id, String path) {
    return found(id).then(Mono.defer(() -> artifacts.stored(id, path)));
  }

  /**
   * The objects, by path.
   *
   * @param folder only those below it; empty for all
   */
  public Flux<ArtifactStore.Artifact> artifacts(String id, String folder) {
    String prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    return found(id)
        .thenMany(Flux.defer(() -> artifacts.list(id)))
        .filter(artifact -> artifact.path().startsWith(prefix));
  }

  /** All values of a metric, by step. */
  public Flux<Metric> history(String id, String metric) {
    return found(id).thenMany(Flux.defer(() -> recorders.history(id, metric)));
  }

  private Mono<Recorder> found(String id) {
    return recorders
        .find(id)
        .switchIfEmpty(
            Mono.error(() -> new NoSuchElementException("there is no recorder '" + id + "'")));
  }

  private Mono<Void> own(String id) {
    return found(id).flatMap(Experiments::requireOwn);
  }

  private static Mono<Void> checked(Map<String, String> values) {
    return Mono.fromRunnable(
        () ->
            values.forEach(
                (name, value) -> {
                  Names.requireName(name);
                  if (value.length() > LONGEST_VALUE) {
                    throw new IllegalArgumentException(
                        "the value of '%s' has %d characters, at most %d are kept: save it as an artifact"
                            .formatted(name, value.length(), LONGEST_VALUE));
                  }
                }));
  }
}
