package io.windrow.quant.dataset;

import io.windrow.quant.data.DataStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names data folders by what is in them. A folder is read as a whole once for each of its
 * {@linkplain DataStore#version() versions}: times of change are good enough to notice a change in
 * the life of a process, but not to know a folder again that another process has seen.
 */
final class DataContents {

  private record Seen(String version, String contents) {}

  private final Map<Path, Seen> folders = new ConcurrentHashMap<>();

  /** The hash of what the folder holds now. */
  String of(Path folder, DataStore data) {
    String version = data.version();
    Seen seen =
        folders.compute(
            folder,
            (path, last) ->
                last != null && last.version().equals(version)
                    ? last
                    : new Seen(version, data.contents()));
    return seen.contents();
  }
}
