package io.windrow.quant.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What an update leaves that was killed before it published its calendar: bins that reach beyond
 * the calendar. Left there, their values would come to stand on days of a later update.
 */
final class UnfinishedUpdate {

  private UnfinishedUpdate() {}

  /** Cuts the bins where the calendar ends. */
  static void undo(DataLayout layout) {
    if (!Files.exists(layout.nextCalendar())) {
      return;
    }
    DataFolder folder = DataFolder.open(layout.root(), layout.frequency());
    try (Stream<Path> files = Files.walk(layout.features(), 2)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(layout.fieldSuffix())).toList()) {
        cut(file, folder.bars().size());
      }
      Files.delete(layout.nextCalendar());
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(
          "cannot mend what an unfinished update left in " + layout.root() + ": " + e, e);
    }
  }

  private static void cut(Path file, int bars) throws IOException {
    StoredSeries stored = BinFile.open(file, bars, () -> Integer.MAX_VALUE);
    if (Files.size(file) > BinFile.offset(stored.end() - stored.start())) {
      if (stored.isEmpty()) {
        Files.delete(file);
      } else {
        BinFile.write(file, stored.load());
      }
    }
  }
}
