package io.windrow.quant.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files so that a reader, or whoever comes after a crash, finds the old or the new one. */
final class WholeFile {

  private WholeFile() {}

  /** Writes beside the file, under a hidden name, and renames. */
  static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
    Files.write(draft, bytes);
    move(draft, file);
  }

  /** Puts a finished file in another's place at once. */
  static void move(Path draft, Path file) throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
