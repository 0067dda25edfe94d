package io.windrow.cli.collection;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where results go. */
public final class ResultFolder {
  private ResultFolder() {}

  /**
   * Makes the folder, before any work is done for it.
   *
   * @return its absolute path
   */
  public static Path prepare(Path out) {
    if (out.toString().isBlank()) {
      throw new UserError("--out is empty: name a folder, or . for the current one");
    }
    Path folder = out.toAbsolutePath().normalize();
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UserError("--out: " + out + " is a file: name a folder");
    }
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".windrow", ""));
    } catch (IOException e) {
      throw new UserError(
          "--out: cannot write to " + out + ": choose a folder that may be written to");
    }
    return folder;
  }
}
