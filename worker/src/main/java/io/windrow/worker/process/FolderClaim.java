package io.windrow.worker.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Says that a folder belongs to a process that lives: a locked file beside it. The operating system
 * lets go of the lock when the process ends, however it ends.
 */
final class FolderClaim implements AutoCloseable {
  private static final String SUFFIX = ".lock";

  /** Those of this process: to open such a file again and close it would let go of the lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private FolderClaim(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Claims a name for a folder that is made after.
   *
   * @param root an absolute path that exists
   */
  static FolderClaim create(Path root, String prefix) throws IOException {
    while (true) {
      Path file = Files.createTempFile(root, prefix, SUFFIX);
      OWN.add(file);
      FolderClaim claim = new FolderClaim(file, FileChannel.open(file, StandardOpenOption.WRITE));
      if (claim.channel.tryLock() != null && Files.exists(file)) {
        return claim;
      }
      claim.close(); // another worker took it for a leftover in between
    }
  }

  /**
   * Takes over what a dead process has left.
   *
   * @param file a file of such a claim
   * @return null if its process lives, or is this one
   */
  static @Nullable FolderClaim takeOver(Path file) throws IOException {
    if (!OWN.add(file)) {
      return null;
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      OWN.remove(file);
      return null;
    }
    return new FolderClaim(file, channel);
  }

  /** Whether a file may be that of a claim. */
  static boolean isOne(Path file, String prefix) {
    String name = file.getFileName().toString();
    return name.startsWith(prefix) && name.endsWith(SUFFIX);
  }

  /** The claimed folder, which may not be there. */
  Path folder() {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    } finally {
      OWN.remove(file);
    }
  }
}
