package io.windrow.quant.run;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.definition.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Finds the data folder of a definition, and nothing outside the configured roots. */
final class DataRoots {

  private static final String PATH = "qlib_init.provider_uri";

  private final List<Path> roots;

  DataRoots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * The folder without symbolic links. A leading {@code ~} is the user's home; a relative name is
   * looked up in each root.
   *
   * @throws DefinitionException if it does not exist or lies elsewhere
   */
  Path resolve(String providerUri) {
    String text = providerUri;
    if (text.equals("~") || text.startsWith("~/")) {
      text = System.getProperty("user.home", "") + text.substring(1);
    }
    try {
      Path path = Path.of(text);
      for (Path root : roots) {
        Path candidate = root.resolve(path);
        if (Files.isDirectory(root)
            && Files.isDirectory(candidate)
            && candidate.toRealPath().startsWith(root.toRealPath())) {
          return candidate.toRealPath();
        }
      }
    } catch (InvalidPathException | IOException e) {
      throw refused(providerUri, " (" + e.getMessage() + ")");
    }
    throw refused(providerUri, "");
  }

  private DefinitionException refused(String providerUri, String reason) {
    return new DefinitionException(
        PATH,
        Section.quote(providerUri)
            + " is not a folder under a data root of this worker"
            + reason
            + "; roots: "
            + roots);
  }
}
