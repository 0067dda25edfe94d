package io.windrow.quant.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folders that hold market data. A workflow is written by people who may read no other file of
 * the machine, so its {@code provider_uri} must lie under one of them, links followed.
 *
 * @param roots the folders, tried in this order for a relative {@code provider_uri}
 */
public record DataRoots(List<Path> roots) {

  public DataRoots {
    roots = roots.stream().map(root -> root.toAbsolutePath().normalize()).toList();
  }

  /**
   * The folder that a {@code provider_uri} names.
   *
   * @param providerUri an absolute path, one relative to a root, or one that begins with {@code
   *     ~/}, the home of whoever runs this process, as Qlib's files have it
   * @throws DataException if there is no such folder, or it lies under none of the roots
   */
  public Path resolve(String providerUri) {
    if (roots.isEmpty()) {
      throw new DataException("no data root is configured: set windrow.data.roots");
    }
    Path path = path(providerUri);
    boolean under = false;
    for (Path root : roots) {
      Path folder = root.resolve(path).normalize();
      if (folder.startsWith(root)) {
        under = true;
        if (Files.isDirectory(folder)) {
          return inside(root, folder);
        }
      }
    }
    throw new DataException(
        under
            ? "there is no folder '" + providerUri + "' under the data roots " + roots
            : "'" + providerUri + "' lies under none of the data roots " + roots);
  }

  private static Path path(String providerUri) {
    try {
      return providerUri.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), providerUri.substring(2))
          : Path.of(providerUri);
    } catch (InvalidPathException e) {
      throw new DataException("'" + providerUri + "' is not a path: " + e.getReason(), e);
    }
  }

  private static Path inside(Path root, Path folder) {
    try {
      Path real = folder.toRealPath();
      if (!real.startsWith(root.toRealPath())) {
        throw new DataException(
            "'" + folder + "' is a link to a folder outside of the data root " + root);
      }
      return real;
    } catch (IOException e) {
      throw new DataException("cannot read the data folder " + folder + ": " + e.getMessage(), e);
    }
  }
}
