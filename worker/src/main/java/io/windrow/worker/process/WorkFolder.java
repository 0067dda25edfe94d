package io.windrow.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder a command works in, fresh for each attempt. */
final class WorkFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkFolder.class);

  /** Relative, no empty, hidden or {@code ..} part, at most eight deep. */
  private static final Pattern NAME =
      Pattern.compile(
          "[A-Za-z0-9_][A-Za-z0-9_. +=@-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9_. +=@-]{0,99}){0,7}");

  private final Path folder;
  private final boolean keep;

  private WorkFolder(Path folder, boolean keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /** Makes one below {@code root} that only this user may enter. */
  static WorkFolder create(Path root, boolean keep) throws IOException {
    Files.createDirectories(root);
    return new WorkFolder(Files.createTempDirectory(root, "attempt-").toRealPath(), keep);
  }

  Path path() {
    return folder;
  }

  /** Whether a name can be an artifact's, or a file's below this folder. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * Reads a file of this folder.
   *
   * @param name relative to the folder
   * @param max most bytes
   * @throws ProtocolException if it is no plain file below the folder, or too large
   */
  byte[] read(String name, long max) throws IOException {
    if (!isName(name)) {
      throw new ProtocolException(
          "'"
              + name
              + "' cannot be an artifact: use a path relative to the work folder, of letters,"
              + " digits and _.+=@- and at most 8 parts, none of them hidden or '..'");
    }
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ProtocolException(
          "the artifact '" + name + "' is no plain file of the work folder" + linked(file));
    }
    // A link anywhere on the way shows as another real path.
    if (!file.toRealPath().equals(file)) {
      throw new ProtocolException(
          "the artifact '" + name + "' is reached by a link: copy it into the work folder");
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      bytes = in.readNBytes(Math.toIntExact(max) + 1);
    }
    if (bytes.length > max) {
      throw new ProtocolException(
          "the artifact '"
              + name
              + "' has more than "
              + max
              + " bytes, the limits of artifacts of this worker");
    }
    return bytes;
  }

  private static String linked(Path file) {
    return Files.isSymbolicLink(file) ? ": it is a link" : "";
  }

  /** Deletes the folder unless it is to be kept. Links are deleted, not followed. */
  @Override
  public void close() {
    if (keep) {
      log.atInfo().addKeyValue("folder", folder).log("work folder kept");
      return;
    }
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("folder", folder)
          .addKeyValue("error", e.toString())
          .log("work folder not deleted");
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path each, @Nullable IOException error)
        throws IOException {
      if (error != null) {
        throw error;
      }
      Files.delete(each);
      return FileVisitResult.CONTINUE;
    }
  }
}
