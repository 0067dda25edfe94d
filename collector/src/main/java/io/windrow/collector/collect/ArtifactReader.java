package io.windrow.collector.collect;

import io.windrow.collector.collect.Window.Done;
import io.windrow.experiment.ArtifactStore;
import io.windrow.pool.CollectSettings;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads the windows' predictions and labels from their recorders, several at a time. */
final class ArtifactReader {
  private static final String PREDICTIONS = "pred.arrow";
  private static final String LABELS = "label.arrow";

  private final ArtifactStore artifacts;
  private final int parallel;

  ArtifactReader(ArtifactStore artifacts, int parallel) {
    this.artifacts = artifacts;
    this.parallel = parallel;
  }

  /**
   * The windows' artifacts, in the order of the windows. What is missing or damaged is told in the
   * result; an error means that the store is away.
   *
   * @param names which artifacts, of {@link CollectSettings#ARTIFACTS}
   */
  Mono<List<WindowArtifacts>> read(List<Done> windows, List<String> names) {
    return Flux.fromIterable(windows)
        .flatMapSequential(window -> read(window, names), parallel)
        .collectList();
  }

  private Mono<WindowArtifacts> read(Done window, List<String> names) {
    boolean pred = names.contains("pred");
    return Mono.zip(
        pred ? series(window, PREDICTIONS) : Mono.just(Read.NOTHING),
        names.contains("label") ? series(window, LABELS) : Mono.just(Read.NOTHING),
        (predictions, labels) -> {
          String problem = predictions.problem();
          if (pred
              && problem == null
              && predictions.series().isEmpty()
              && window.plan().predicts()) {
            problem = "its recorder " + window.recorder() + " has no " + PREDICTIONS;
          }
          return new WindowArtifacts(
              window.recorder(),
              window.plan(),
              predictions.series().orElse(null),
              labels.series().orElse(null),
              problem == null ? labels.problem() : problem);
        });
  }

  private Mono<Read> series(Done window, String path) {
    return artifacts
        .get(window.recorder(), path)
        .publishOn(Schedulers.boundedElastic())
        .map(bytes -> decode(window, path, bytes))
        .defaultIfEmpty(Read.NOTHING);
  }

  private static Read decode(Done window, String path, byte[] bytes) {
    try {
      return new Read(Optional.of(ArrowTables.read(bytes).series()), null);
    } catch (RuntimeException e) {
      // Arrow meets damaged bytes with many kinds of exceptions.
      return new Read(
          Optional.empty(),
          "%s of its recorder %s cannot be read: %s"
              .formatted(path, window.recorder(), e.getMessage()));
    }
  }

  /** Either a series, or nothing because there is none, or nothing because of a problem. */
  private record Read(Optional<ScoreSeries> series, @Nullable String problem) {
    static final Read NOTHING = new Read(Optional.empty(), null);
  }
}
