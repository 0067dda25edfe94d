package io.windrow.collector.gather;

import io.windrow.collector.ensemble.Processing;
import io.windrow.collector.ensemble.Results;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.Recorder.Status;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.evaluate.ScoreSeries;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Collects artifacts of an experiment's recorders, {@code {artifact: {recorder key: value}}}:
 * Qlib's RecorderCollector.
 *
 * <p>Of two recorders with the same key the one that is listed later is taken, with a warning. A
 * store lists the newest first, so that the oldest is taken, as in Qlib. An artifact that no
 * recorder has is absent from the result.
 *
 * @param recorders the experiment's recorders, in order; subscribed to at each collection
 * @param store where their artifacts are
 * @param artifacts path of each artifact by the name it shall have
 * @param decoder makes a value of an artifact's bytes; an exception means that it is damaged
 * @param key makes a recorder's key
 * @param filter which recorders count
 * @param statuses which statuses count
 * @param onlyExist whether a recorder that lacks an artifact, or has a damaged one, is passed over
 *     with a warning; else the collection fails
 * @param processes what is done with each artifact's results
 * @param <V> type of a value
 */
public record RecorderCollector<V>(
    Flux<Recorder> recorders,
    ArtifactStore store,
    Map<String, String> artifacts,
    Function<byte[], V> decoder,
    Function<Recorder, Object> key,
    Predicate<Recorder> filter,
    Set<Status> statuses,
    boolean onlyExist,
    List<Processing<V>> processes)
    implements Collector<V> {
  private static final Logger log = LoggerFactory.getLogger(RecorderCollector.class);
  private static final int PARALLEL = 4;

  public RecorderCollector {
    artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
    statuses = Set.copyOf(statuses);
    processes = List.copyOf(processes);
  }

  /** With Qlib's defaults: predictions of all finished recorders, by recorder id. */
  public static RecorderCollector<ScoreSeries> predictions(
      Flux<Recorder> recorders, ArtifactStore store) {
    return new RecorderCollector<>(
        recorders,
        store,
        Map.of("pred", "pred.arrow"),
        bytes -> ArrowTables.read(bytes).series(),
        Recorder::id,
        recorder -> true,
        Set.of(Status.FINISHED),
        true,
        List.of());
  }

  /** The same with other keys. */
  public RecorderCollector<V> keyedBy(Function<Recorder, Object> key) {
    return new RecorderCollector<>(
        recorders, store, artifacts, decoder, key, filter, statuses, onlyExist, processes);
  }

  /** The same for fewer recorders. */
  public RecorderCollector<V> filteredBy(Predicate<Recorder> filter) {
    return new RecorderCollector<>(
        recorders, store, artifacts, decoder, key, filter, statuses, onlyExist, processes);
  }

  /** The same with processes. */
  public RecorderCollector<V> processedBy(List<Processing<V>> processes) {
    return new RecorderCollector<>(
        recorders, store, artifacts, decoder, key, filter, statuses, onlyExist, processes);
  }

  /** The recorders by key: what Qlib gives for the artifact {@code __raw}. */
  public Mono<Map<Object, Recorder>> byKey() {
    return recorders
        .filter(recorder -> statuses.contains(recorder.status()) && filter.test(recorder))
        .collect(
            LinkedHashMap::new,
            (all, recorder) -> {
              Object its = key.apply(recorder);
              Recorder before = all.put(its, recorder);
              if (before != null) {
                log.atWarn()
                    .addKeyValue("key", its)
                    .addKeyValue("taken", recorder.id())
                    .addKeyValue("left", before.id())
                    .log("two recorders have the same key");
              }
            });
  }

  /**
   * The artifacts by name, their values by recorder key.
   *
   * @return an error with {@link MissingArtifactException} if one is missing or damaged and {@code
   *     onlyExist} is false
   */
  @Override
  public Mono<Map<Object, Results<V>>> collect() {
    return byKey()
        .flatMap(
            keyed ->
                Flux.fromIterable(artifacts.entrySet())
                    .concatMap(
                        artifact ->
                            load(keyed, artifact.getValue())
                                .map(values -> Map.entry(artifact.getKey(), values)))
                    .collect(
                        LinkedHashMap::new,
                        (all, entry) -> {
                          if (!entry.getValue().isEmpty()) {
                            all.put(entry.getKey(), Results.of(entry.getValue()));
                          }
                        }));
  }

  private Mono<Map<Object, V>> load(Map<Object, Recorder> keyed, String path) {
    return Flux.fromIterable(keyed.entrySet())
        .flatMapSequential(
            entry -> load(entry.getValue(), path).map(value -> Map.entry(entry.getKey(), value)),
            PARALLEL)
        .collect(LinkedHashMap::new, (all, entry) -> all.put(entry.getKey(), entry.getValue()));
  }

  private Mono<V> load(Recorder recorder, String path) {
    Mono<V> loaded =
        store
            .get(recorder.id(), path)
            .publishOn(Schedulers.boundedElastic())
            .map(bytes -> decode(recorder, path, bytes))
            .switchIfEmpty(
                Mono.error(() -> new MissingArtifactException(recorder.id(), path, null)));
    return onlyExist
        ? loaded.onErrorResume(
            MissingArtifactException.class,
            e -> {
              log.atWarn()
                  .addKeyValue("recorder", recorder.id())
                  .addKeyValue("path", path)
                  .log("recorder passed over, its artifact cannot be read");
              return Mono.empty();
            })
        : loaded;
  }

  private V decode(Recorder recorder, String path, byte[] bytes) {
    try {
      return decoder.apply(bytes);
    } catch (RuntimeException e) {
      throw new MissingArtifactException(recorder.id(), path, e);
    }
  }
}
