package io.windrow.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recorder, as the collector shows it.
 *
 * @param id its id
 * @param name its name
 * @param experiment the experiment it belongs to
 * @param task id of the task it belongs to, or null
 * @param status its status
 * @param params its parameters
 * @param tags its tags
 * @param metrics last values, null for what is not a number
 * @param startedAt when it was started
 * @param endedAt when it ended, or null
 */
public record RecorderView(
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
   * A page of them.
   *
   * @param recorders newest first
   * @param next where the next page begins, or null
   */
  record Page(List<RecorderView> recorders, @Nullable String next) {}

  /**
   * An artifact of a recorder.
   *
   * @param path below the recorder
   * @param length bytes
   */
  public record Artifact(String path, long length) {}

  /**
   * One value of a metric.
   *
   * @param step round, epoch or 0
   * @param value null for what is not a number
   */
  public record Point(int step, @Nullable Double value) {}
}
