package io.windrow.quant.run;

import java.nio.file.Path;
import java.util.List;

/**
 * What a research engine may use.
 *
 * @param threads of each run, at least 1
 * @param cacheBytes bound of the shared features
 * @param dataRoots folders that hold data; a definition may name no other
 */
public record EngineSettings(int threads, long cacheBytes, List<Path> dataRoots) {

  public EngineSettings {
    dataRoots = List.copyOf(dataRoots);
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    if (cacheBytes < 0) {
      throw new IllegalArgumentException("cacheBytes must not be negative: " + cacheBytes);
    }
    if (dataRoots.isEmpty()) {
      throw new IllegalArgumentException("dataRoots must name at least one folder");
    }
  }
}
