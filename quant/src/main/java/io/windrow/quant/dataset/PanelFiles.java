package io.windrow.quant.dataset;

import io.windrow.quant.panel.Panel;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Panels in files of a folder, named by their content. Several processes may share the folder: a
 * file appears at once, under its name, and is never changed after. The time of a file is when it
 * was used last; the longest unused go when the bound is passed. No failure reaches the caller:
 * what cannot be read is computed, what cannot be written is not kept.
 */
final class PanelFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PanelFiles.class);
  private static final String SUFFIX = ".panels";
  private static final String DRAFT = ".draft";

  /** A draft that has not grown for so long was left by a process that died. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final Path folder;
  private final long maxBytes;
  private final LongAdder written = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Makes the folder if it is not there.
   *
   * @throws IllegalArgumentException if it cannot be made
   */
  PanelFiles(CacheSettings.Files settings) {
    this.folder = settings.folder();
    this.maxBytes = settings.maxBytes();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot make the folder " + folder + ": " + e, e);
    }
  }

  /** Files that were written. */
  long written() {
    return written.sum();
  }

  /** Files that could not be written or read; broken ones were removed. */
  long failures() {
    return failures.sum();
  }

  /** Size of all files of the folder, those of other processes included. */
  long bytes() {
    try {
      return entries().stream().mapToLong(Entry::bytes).sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The panels of that name, if there is a sound file of them.
   *
   * @param base panels whose blocks they share
   */
  Optional<List<Panel>> load(String name, List<Panel> base) {
    Path file = file(name);
    try {
      List<Panel> panels = PanelReader.read(file, key(name), base);
      touch(file);
      return Optional.of(panels);
    } catch (NoSuchFileException | ClosedByInterruptException e) {
      return Optional.empty();
    } catch (BrokenPanelFile e) {
      failed("a file of features is broken and is made anew", file, e);
      remove(file);
      return Optional.empty();
    } catch (IOException e) {
      failed("a file of features cannot be read", file, e);
      return Optional.empty();
    }
  }

  private static void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // It was removed meanwhile, or is another user's: it has been read all the same.
    }
  }

  /** Writes panels, unless a file of them is there or they are larger than the bound. */
  void store(String name, List<Panel> base, List<Panel> panels) {
    Path file = file(name);
    PanelWriter writer = new PanelWriter(base, panels);
    if (writer.bytes() > maxBytes || Files.exists(file)) {
      return;
    }
    Path draft = folder.resolve(name + "." + UUID.randomUUID() + DRAFT);
    try {
      makeRoom(writer.bytes());
      writer.write(draft, key(name));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      written.increment();
    } catch (ClosedByInterruptException e) {
      remove(draft);
    } catch (IOException e) {
      failed("features cannot be kept in files", file, e);
      remove(draft);
    }
  }

  private record Entry(Path path, long bytes, Instant used) {
    boolean isAbandoned() {
      return path.toString().endsWith(DRAFT) && used.isBefore(Instant.now().minus(ABANDONED));
    }

    boolean isDraft() {
      return path.toString().endsWith(DRAFT);
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "*{" + SUFFIX + "," + DRAFT + "}")) {
      for (Path file : files) {
        try {
          BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
          entries.add(new Entry(file, found.size(), found.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
          // Another process removed it meanwhile.
        }
      }
    }
    return entries;
  }

  private void makeRoom(long wanted) throws IOException {
    List<Entry> entries = entries();
    long held = entries.stream().mapToLong(Entry::bytes).sum();
    entries.sort(Comparator.comparing(Entry::used));
    for (Entry entry : entries) {
      if (entry.isAbandoned() || (!entry.isDraft() && held + wanted > maxBytes)) {
        remove(entry.path());
        held -= entry.bytes();
      }
    }
  }

  private void failed(String message, Path file, IOException cause) {
    failures.increment();
    if (warned.compareAndSet(false, true)) {
      LOG.atWarn()
          .addKeyValue("file", file)
          .addKeyValue("cause", cause)
          .addKeyValue("further", "counted, not logged")
          .log(message);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It stays; the next one to need room tries again.
    }
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  private static byte[] key(String name) {
    return HexFormat.of().parseHex(name);
  }
}
