package io.windrow.worker.isolate;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of isolated attempts, {@code windrow.worker.isolation.*}.
 *
 * @param heap of each process; default as much as this worker may use
 * @param grace how long a run may take to end between two rounds when it is told to
 * @param maxArtifact largest artifact a process may hand over or be given
 */
public record IsolationSettings(
    @Nullable DataSize heap,
    @DefaultValue("5s") Duration grace,
    @DefaultValue("256MB") DataSize maxArtifact) {
  private static final DataSize LEAST = DataSize.ofMegabytes(16);

  public IsolationSettings {
    heap = heap == null ? DataSize.ofBytes(Runtime.getRuntime().maxMemory()) : heap;
    require(heap.compareTo(LEAST) >= 0, "heap", "use at least 16MB, not " + heap);
    require(!grace.isNegative(), "grace", "must not be negative, is " + grace);
    require(
        maxArtifact.toBytes() > 0 && maxArtifact.toBytes() <= Integer.MAX_VALUE / 2,
        "max-artifact",
        "use more than 0 and less than 1GB, not " + maxArtifact);
  }

  /** Bytes of {@link #heap}. */
  long heapBytes() {
    return Objects.requireNonNull(heap).toBytes();
  }

  private static void require(boolean holds, String key, String message) {
    if (!holds) {
      throw new IllegalArgumentException("windrow.worker.isolation." + key + ": " + message);
    }
  }
}
