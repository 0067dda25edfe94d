package io.windrow.quant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Data folders that Qlib wrote, kept as archives. */
public final class Archive {

  private Archive() {}

  /** Unpacks an archive of the test resources' folder {@code golden}. */
  public static Path unpackGolden(String name, Path folder) {
    try (InputStream in =
        Objects.requireNonNull(Archive.class.getResourceAsStream("/golden/" + name), name)) {
      return unpack(in, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unpacks a tar.gz. */
  public static Path unpack(InputStream archive, Path folder) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(archive));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      Path path = folder.resolve(entry.getName()).normalize();
      if (entry.isDirectory()) {
        Files.createDirectories(path);
      } else {
        Files.createDirectories(path.getParent());
        Files.copy(tar, path);
      }
    }
    return folder;
  }
}
