package io.windrow.cli.terminal;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder that is deleted with all it holds when it is closed. */
public final class TemporaryFolder implements AutoCloseable {
  private static final int ATTEMPTS = 5;

  private final Path path;
  private final Thread atEnd = new Thread(this::delete, "windrow-clear");

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  /** Makes one in the system's folder for such. */
  public static TemporaryFolder create(String prefix) {
    try {
      return new TemporaryFolder(Files.createTempDirectory(prefix + "-"));
    } catch (IOException e) {
      throw new UserError(
          "cannot make a temporary folder in "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + e.getMessage());
    }
  }

  /** Deletes it, too, when the process is ended; for a command that then stops nothing in order. */
  public TemporaryFolder alsoAtEnd() {
    Runtime.getRuntime().addShutdownHook(atEnd);
    return this;
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // The process ends already: the hook finds nothing left.
    }
  }

  private synchronized void delete() {
    IOException failure = null;
    for (int attempt = 0; attempt < ATTEMPTS && Files.exists(path); attempt++) {
      try {
        delete(path);
        return;
      } catch (IOException e) {
        // A server that has not noticed the end yet may have written another file.
        failure = e;
      }
    }
    if (failure != null) {
      System.err.println("windrow: left behind: " + path);
    }
  }

  /** Deletes a folder with all it holds. Links are deleted, not followed. */
  public static void delete(Path folder) throws IOException {
    Files.walkFileTree(folder, new Deleting());
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
