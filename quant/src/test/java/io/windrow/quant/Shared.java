package io.windrow.quant;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Test data that is kept beside the repository, not in it. */
public final class Shared {

  private Shared() {}

  /** A file or folder of it; the test is skipped if it is not there. */
  public static Path path(String name) {
    String folder = System.getProperty("WINDROW_SHARED", System.getenv("WINDROW_SHARED"));
    Path path = Path.of(folder == null ? "../../shared" : folder).resolve(name);
    assumeTrue(
        Files.exists(path),
        () ->
            "skipped: "
                + path.toAbsolutePath().normalize()
                + " is missing; set WINDROW_SHARED to the folder that holds "
                + name);
    return path;
  }
}
