package io.windrow.quant.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes from extending one folder. The system frees it when a process dies; the empty
 * file stays.
 */
final class FolderLock {

  private FolderLock() {}

  /**
   * Works while nobody else does.
   *
   * @param file made when needed; read by nobody, since closing it would free the lock
   * @throws DataException if someone else has the lock
   */
  static <T> T holding(Path file, Supplier<T> work) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock(channel) == null) {
        throw new DataException(
            file + " is locked: another import works on this folder; wait for its end");
      }
      return work.get();
    } catch (IOException e) {
      throw new DataException("cannot write " + file + ": " + e, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by this process
    }
  }
}
