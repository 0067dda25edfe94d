package io.windrow.quant.dataset;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the cache of features may use.
 *
 * @param memoryBytes bound of the panels kept in memory; 0 keeps nothing
 * @param files where panels are kept in files, too
 */
public record CacheSettings(long memoryBytes, Optional<Files> files) {

  /**
   * A folder for panels. Processes of one machine may share it; nobody else should be able to write
   * to it.
   *
   * @param folder made if it is not there
   * @param maxBytes bound of all its files
   */
  public record Files(Path folder, long maxBytes) {
    public Files {
      if (maxBytes < 1) {
        throw new IllegalArgumentException("maxBytes must be at least 1, not " + maxBytes);
      }
    }
  }

  public CacheSettings {
    if (memoryBytes < 0) {
      throw new IllegalArgumentException("the cache cannot hold " + memoryBytes + " bytes");
    }
  }

  /** Without files. */
  public static CacheSettings inMemory(long bytes) {
    return new CacheSettings(bytes, Optional.empty());
  }

  /** Whether anything is kept at all. */
  boolean keeps() {
    return memoryBytes > 0 || files.isPresent();
  }
}
