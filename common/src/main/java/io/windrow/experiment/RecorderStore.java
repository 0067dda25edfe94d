package io.windrow.experiment;

import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The recorders and the history of their metrics. */
public interface RecorderStore {

  /** Stores a new recorder; the same id again changes nothing. */
  default Mono<Void> begin(Recorder recorder) {
    return begin(recorder, List.of());
  }

  /** The same with its first values, which are stored as {@link #metrics} does in any case. */
  Mono<Void> begin(Recorder recorder, List<Metric> metrics);

  Mono<Void> params(String id, Map<String, String> params);

  Mono<Void> tags(String id, Map<String, String> tags);

  /**
   * Stores values, one per name and step: storing it again replaces it, so that a write whose reply
   * was lost can be repeated. The last value of each name is also kept in the recorder itself.
   */
  Mono<Void> metrics(String id, List<Metric> metrics);

  /** Idempotent. */
  Mono<Void> finish(String id, Recorder.Status status);

  Mono<Recorder> find(String id);

  /** Newest first, of one experiment. */
  Flux<Recorder> list(String experiment, int limit);

  /** All values of one metric, by step. */
  Flux<Metric> history(String id, String metric);
}
