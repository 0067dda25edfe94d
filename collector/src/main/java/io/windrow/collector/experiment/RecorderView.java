package io.windrow.collector.experiment;

import io.windrow.experiment.Recorder;
import io.windrow.web.conditional.ETags;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * A recorder as the API tells it. A metric that is not a number is null.
 *
 * @param id its id
 * @param name its name
 * @param experiment the experiment it belongs to
 * @param task id of the task it belongs to, or null
 * @param status {@code running}, {@code finished}, {@code failed} or {@code scheduled}
 * @param params its parameters
 * @param tags its tags
 * @param metrics last value of each metric
 * @param startedAt when it was started
 * @param endedAt when it ended, or null
 */
record RecorderView(
    String id,
    String name,
    String experiment,
    @Nullable String task,
    String status,
    Map<String, String> params,
    Map<String, String> tags,
    Map<String, @Nullable Double> metrics,
    Instant startedAt,
    @Nullable Instant endedAt) {

  /**
   * A page of recorders.
   *
   * @param recorders newest first
   * @param next what to pass as {@code after} for the next page, or null at the end
   */
  record Page(List<RecorderView> recorders, @Nullable String next) {}

  /** The answer that shows a recorder. */
  static ResponseEntity<RecorderView> tagged(Recorder recorder) {
    RecorderView view = of(recorder);
    return ResponseEntity.ok().eTag(ETags.of(view)).body(view);
  }

  static RecorderView of(Recorder recorder) {
    Map<String, @Nullable Double> metrics = new TreeMap<>();
    recorder
        .metrics()
        .forEach((name, value) -> metrics.put(name, Double.isFinite(value) ? value : null));
    return new RecorderView(
        recorder.id(),
        recorder.name(),
        recorder.experiment(),
        recorder.taskId().isEmpty() ? null : recorder.taskId(),
        recorder.status().name().toLowerCase(Locale.ROOT),
        new TreeMap<>(recorder.params()),
        new TreeMap<>(recorder.tags()),
        metrics,
        recorder.startedAt(),
        recorder.endedAt());
  }
}
