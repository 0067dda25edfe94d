package io.windrow.quant.data;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import io.windrow.quant.definition.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One frequency of a data folder.
 *
 * @param layout where things are
 * @param bars the calendar, as it was when the folder was opened
 */
record DataFolder(DataLayout layout, BarCalendar bars) {

  /** The market of all instruments, which imports keep. */
  static final String ALL = "all";

  private static final String LIST = ".txt";

  /**
   * Opens a folder.
   *
   * @throws DataException if the folder or its calendar is missing or broken
   */
  static DataFolder open(Path root, Frequency frequency) {
    if (!Files.isDirectory(root)) {
      throw new DataException(
          "the data folder "
              + root
              + " does not exist: correct provider_uri, or make the data with import-csv");
    }
    DataLayout layout = new DataLayout(root, frequency);
    if (!Files.isRegularFile(layout.calendar())) {
      List<String> others = frequencies(layout);
      throw new DataException(
          "the data folder "
              + root
              + " has no calendar calendars/"
              + layout.calendar().getFileName()
              + (others.isEmpty()
                  ? ": it is not in Qlib's layout; make it with import-csv"
                  : ": its bars are of " + String.join(", ", others)));
    }
    return new DataFolder(layout, TextFile.calendar(layout.calendar(), frequency));
  }

  /** Frequencies that have a calendar, in alphabetical order. */
  static List<String> frequencies(DataLayout layout) {
    return names(layout.calendars(), LIST).stream()
        .filter(name -> !name.startsWith(".") && !name.endsWith(DataLayout.FUTURE))
        .toList();
  }

  Frequency frequency() {
    return layout.frequency();
  }

  /** The bars known ahead, past and future. */
  Optional<BarCalendar> future() {
    return Files.isRegularFile(layout.futureCalendar())
        ? Optional.of(TextFile.calendar(layout.futureCalendar(), frequency()))
        : Optional.empty();
  }

  /** The spans of a market's instruments. */
  SortedMap<String, List<TimeSpan>> instruments(String market) {
    Path file = layout.instruments(market);
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "market \""
              + market
              + "\" has no instrument list "
              + file
              + (markets().isEmpty()
                  ? ": the folder holds no such list at all"
                  : Nearest.hint(market, markets())
                      + ": there are "
                      + String.join(", ", markets())));
    }
    return TextFile.instruments(file, frequency());
  }

  /** Names of the markets that have an instrument list, in alphabetical order. */
  List<String> markets() {
    return names(layout.instruments(), LIST).stream()
        .filter(name -> !name.startsWith("."))
        .toList();
  }

  /** Names of the fields that an instrument has, in alphabetical order. */
  List<String> fields(String symbol) {
    return names(layout.features(symbol), layout.fieldSuffix());
  }

  boolean holds(String symbol) {
    return Files.isDirectory(layout.features(symbol));
  }

  /** Folders of instruments that none of these symbols has, in alphabetical order. */
  List<String> unlisted(Set<String> symbols) {
    Set<Path> listed =
        symbols.stream().map(layout::features).collect(Collectors.toUnmodifiableSet());
    if (!Files.isDirectory(layout.features())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(layout.features())) {
      return folders
          .filter(path -> Files.isDirectory(path) && !listed.contains(path))
          .map(path -> String.valueOf(path.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException("cannot read " + layout.features() + ": " + e.getMessage(), e);
    }
  }

  StoredSeries open(String symbol, String field) {
    return BinFile.open(layout.field(symbol, field), bars.size(), this::longestCalendar);
  }

  /**
   * Length of the folder's calendar as it is now, or is about to be. An update extends bins before
   * it publishes the calendar, so whoever opened the folder earlier finds them longer than he
   * expects; for him they end where his calendar does.
   */
  private int longestCalendar() {
    int longest = bars.size();
    for (Path file : List.of(layout.nextCalendar(), layout.calendar())) {
      if (Files.isRegularFile(file)) {
        longest = Math.max(longest, TextFile.calendar(file, frequency()).size());
      }
    }
    return longest;
  }

  /** Names of a folder's files that end so, without that end. */
  private static List<String> names(Path folder, String suffix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
