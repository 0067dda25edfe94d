package io.windrow.worker.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  private static final String PREFIX = "attempt-";

  private final Path folder;
  private final FolderClaim claim;
  private final boolean keep;

  private WorkFolder(FolderClaim claim, boolean keep) {
    this.folder = claim.folder();
    this.claim = claim;
    this.keep = keep;
  }

  /** Makes one below {@code root} that only this user may enter. */
  static WorkFolder create(Path root, boolean keep) throws IOException {
    Files.createDirectories(root);
    FolderClaim claim = FolderClaim.create(root.toRealPath(), PREFIX);
    try {
      Files.createDirectory(
          claim.folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new WorkFolder(claim, keep);
    } catch (IOException e) {
      claim.close();
      throw e;
    }
  }

  /** Deletes the folders below {@code root} whose workers were killed. */
  static void sweep(Path root) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> files = Files.list(root.toRealPath())) {
      files.filter(file -> FolderClaim.isOne(file, PREFIX)).forEach(WorkFolder::sweepOne);
    } catch (IOException e) {
      warn(root, e, "work folders of killed workers not looked for");
    }
  }

  private static void sweepOne(Path file) {
    try (FolderClaim claim = FolderClaim.takeOver(file)) {
      if (claim != null && Files.isDirectory(claim.folder(), LinkOption.NOFOLLOW_LINKS)) {
        Files.walkFileTree(claim.folder(), new Deletion());
        log.atInfo()
            .addKeyValue("folder", claim.folder())
            .log("work folder of a killed worker deleted");
      }
    } catch (NoSuchFileException e) {
      // Another worker swept it.
    } catch (IOException e) {
      warn(file, e, "work folder of a killed worker not deleted");
    }
  }

  private static void warn(Path folder, IOException error, String message) {
    log.atWarn().addKeyValue("folder", folder).addKeyValue("error", error.toString()).log(message);
  }

  Path path() {
    return folder;
  }

  /** Whether a name can be an artifact's, or a file's below this folder. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * A file of this folder, with the length it had when it was judged: no more of it may be read,
   * since its command may still be writing.
   */
  record Delivered(Path path, int length) {
    byte[] bytes() throws IOException {
      try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
        return in.readNBytes(length);
      }
    }
  }

  /**
   * A file of this folder.
   *
   * @param name relative to the folder
   * @param max most bytes
   * @throws ProtocolException if it is no plain file below the folder, or too large
   */
  Delivered file(String name, long max) throws IOException {
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
    long length = Files.size(file);
    if (length > max) {
      throw new ProtocolException(
          "the artifact '"
              + name
              + "' has more than "
              + max
              + " bytes, the limits of artifacts of this worker");
    }
    return new Delivered(file, Math.toIntExact(length));
  }

  /**
   * Where a new file is to be written; makes the folders above it.
   *
   * @param below a folder in this one
   * @param name relative to that
   */
  Path newFile(String below, String name) throws IOException {
    if (!isName(below) || !isName(name)) {
      throw new CommandRefused("'" + below + "/" + name + "' cannot be in the work folder");
    }
    Path file = folder.resolve(below).resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return file;
  }

  private static String linked(Path file) {
    return Files.isSymbolicLink(file) ? ": it is a link" : "";
  }

  /** Deletes the folder unless it is to be kept. Links are deleted, not followed. */
  @Override
  public void close() {
    try (claim) {
      if (keep) {
        log.atInfo().addKeyValue("folder", folder).log("work folder kept");
      } else {
        Files.walkFileTree(folder, new Deletion());
      }
    } catch (IOException e) {
      warn(folder, e, "work folder not deleted");
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
