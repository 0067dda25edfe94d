package io.windrow.quant.run;

import io.windrow.quant.dataset.CacheSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What a research engine may use.
 *
 * @param threads of each run, at least 1
 * @param cache of the shared features
 * @param dataRoots folders that hold data; a definition may name no other
 */
public record EngineSettings(int threads, CacheSettings cache, List<Path> dataRoots) {

  public EngineSettings {
    dataRoots = List.copyOf(dataRoots);
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    if (dataRoots.isEmpty()) {
      throw new IllegalArgumentException("dataRoots must name at least one folder");
    }
  }

  /** With features kept in memory only, up to so many bytes. */
  public EngineSettings(int threads, long cacheBytes, List<Path> dataRoots) {
    this(threads, CacheSettings.inMemory(cacheBytes), dataRoots);
  }
}
