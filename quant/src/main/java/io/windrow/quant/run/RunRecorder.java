package io.windrow.quant.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where a run puts what it finds out. Implementations may buffer; errors are unchecked. */
public interface RunRecorder {

  void param(String name, String value);

  /**
   * One value of a metric.
   *
   * @param step boosting round or epoch from 0; 0 for a single value
   */
  void metric(String name, int step, double value);

  /**
   * An artifact: Arrow IPC file, model text or JSON.
   *
   * @param path for example {@code pred.arrow}
   */
  void artifact(String path, byte[] bytes);

  /**
   * An artifact that is the first bytes of a file, maybe a large one. A recorder that can do
   * without having it in memory overrides this.
   */
  default void artifact(String path, Path file, int length) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      artifact(path, in.readNBytes(length));
    }
  }
}
