package io.windrow.quant.data;

import io.windrow.quant.calendar.Frequency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A data folder that appears at once: it is written as a draft beside its place and renamed.
 *
 * <p>What a crash leaves: before {@link #publish} a hidden draft beside an untouched target; in the
 * midst of replacing, the old data under a hidden name and the complete draft.
 *
 * @param target the place of the folder
 * @param draft where to write
 */
record TargetFolder(Path target, Path draft) {

  /**
   * Makes the draft.
   *
   * @param frequency of the data to come
   * @param replace whether data of that frequency that is there may be replaced; anything else
   *     never is
   */
  static TargetFolder prepare(Path target, Frequency frequency, boolean replace) {
    Path place = target.toAbsolutePath().normalize();
    Path parent = place.getParent();
    if (parent == null) {
      throw new DataException("cannot import into " + target + ": name a folder below it");
    }
    try {
      if (Files.exists(place) && !isEmptyFolder(place)) {
        checkReplaceable(target, frequency, replace);
      }
      Files.createDirectories(parent);
      return new TargetFolder(place, Files.createDirectory(beside(place, "import")));
    } catch (IOException e) {
      throw new DataException("cannot write beside " + target + ": " + e, e);
    }
  }

  private static void checkReplaceable(Path target, Frequency frequency, boolean replace) {
    List<String> there = DataFolder.frequencies(new DataLayout(target, frequency));
    if (there.isEmpty()) {
      throw new DataException(target + " is there and is not a data folder: name another folder");
    }
    if (!there.equals(List.of(frequency.toString()))) {
      throw new DataException(
          target
              + " holds bars of "
              + String.join(", ", there)
              + ": keep each frequency in a folder of its own, name another folder");
    }
    if (!replace) {
      throw new DataException(
          target
              + " already holds data: remove it, replace it (--replace), or name another folder");
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.findAny().isEmpty();
    }
  }

  private static Path beside(Path place, String purpose) {
    return place.resolveSibling(
        "." + place.getFileName() + "." + purpose + "-" + UUID.randomUUID());
  }

  /** Renames the draft to its place. */
  void publish() {
    Path old = beside(target, "old");
    try {
      if (Files.exists(target)) {
        Files.move(target, old);
      }
      moveOrRestore(old);
    } catch (IOException e) {
      throw new DataException("cannot rename " + draft + " to " + target + ": " + e, e);
    }
    delete(old);
  }

  private void moveOrRestore(Path old) throws IOException {
    try {
      Files.move(draft, target);
    } catch (IOException e) {
      if (Files.exists(old)) {
        Files.move(old, target);
      }
      throw e;
    }
  }

  /** Removes the draft if it is still there. */
  void discardDraft() {
    delete(draft);
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DataException("cannot remove " + folder + ": " + e, e);
    }
  }
}
