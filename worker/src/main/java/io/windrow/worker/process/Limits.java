package io.windrow.worker.process;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a command may hand over in one attempt.
 *
 * @param line longest line of the protocol
 * @param lines most lines of the protocol
 * @param names most different metrics, and most different parameters
 * @param artifact largest artifact; predictions and labels pass through the worker's memory
 * @param artifacts size of all artifacts together
 * @param artifactCount most artifacts
 * @param log what is kept of the log: its first quarter and its end
 */
public record Limits(
    @DefaultValue("256KB") DataSize line,
    @DefaultValue("1000000") int lines,
    @DefaultValue("1000") int names,
    @DefaultValue("64MB") DataSize artifact,
    @DefaultValue("256MB") DataSize artifacts,
    @DefaultValue("100") int artifactCount,
    @DefaultValue("1MB") DataSize log) {
  private static final DataSize LEAST = DataSize.ofBytes(256);
  private static final DataSize MOST = DataSize.ofGigabytes(1);

  public Limits {
    bounded("line", line);
    bounded("artifact", artifact);
    bounded("log", log);
    positive("artifacts", artifacts.toBytes());
    positive("lines", lines);
    positive("names", names);
    positive("artifact-count", artifactCount);
  }

  private static void bounded(String key, DataSize value) {
    if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "limits." + key + ": use " + LEAST + " to 1GB, not " + value);
    }
  }

  private static void positive(String key, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("limits." + key + ": use at least 1, not " + value);
    }
  }
}
