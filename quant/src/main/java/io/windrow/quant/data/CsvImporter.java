package io.windrow.quant.data;

import io.windrow.quant.calendar.TradingCalendar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Turns a folder of CSV files into a Qlib data folder, as Qlib's {@code dump_bin dump_all} does:
 * the calendar is the union of all dates, market {@code all} holds every symbol from its first row
 * to its last, every column but the date becomes a field.
 *
 * <p>The symbol is the file's name without {@code .csv}, in capitals. Files whose name begins with
 * {@code _} or {@code .} are no symbols. Every file is read twice, first to check it and to find
 * the calendar, then to write it, so that memory holds one file at a time.
 */
public final class CsvImporter {

  /** The columns that Alpha158 cannot do without. */
  public static final Set<String> BAR_FIELDS = Set.of("open", "high", "low", "close", "volume");

  private static final String SUFFIX = ".csv";
  private static final String MARKET = "all";

  private final Set<String> required;
  private final boolean replace;
  private final Progress progress;

  /** Is told how far the import is. */
  @FunctionalInterface
  public interface Progress {

    /** Tells nobody. */
    Progress NONE = (done, total) -> {};

    void advanced(int done, int total);
  }

  /**
   * Settles how to import.
   *
   * @param required columns that every file must have, apart from the date
   * @param replace whether a data folder that is there may be replaced
   */
  public CsvImporter(Set<String> required, boolean replace, Progress progress) {
    this.required = new TreeSet<>(required);
    this.replace = replace;
    this.progress = progress;
  }

  /**
   * Imports a folder. The data is written beside {@code target} and renamed when it is complete, so
   * a failed or killed import leaves {@code target} as it was.
   *
   * @throws CsvImportException with every problem of the files
   * @throws DataException if there is nothing to import, or the target is in the way or cannot be
   *     written
   */
  public CsvImportReport run(Path folder, Path target) {
    Map<String, Path> files = files(folder);
    TargetFolder output = TargetFolder.prepare(target, replace);
    try {
      CsvImportReport report = write(files, output.draft());
      output.publish();
      return report;
    } finally {
      output.discardDraft();
    }
  }

  private CsvImportReport write(Map<String, Path> files, Path draft) {
    List<CsvProblem> problems = new ArrayList<>();
    List<CsvProblem> dropped = new ArrayList<>();
    TreeSet<LocalDate> days = new TreeSet<>();
    Set<String> fields = new LinkedHashSet<>();
    List<Universe.Member> members = new ArrayList<>();
    long rows = 0;
    int done = 0;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      SymbolTable table = CsvTable.read(file.getValue(), required, problems, dropped);
      progress.advanced(++done, 2 * files.size());
      if (problems.isEmpty()) {
        days.addAll(table.rows().keySet());
        fields.addAll(table.fields());
        rows += table.rows().size();
        members.add(
            new Universe.Member(
                file.getKey(),
                List.of(new Universe.Span(table.rows().firstKey(), table.rows().lastKey()))));
      }
    }
    if (!problems.isEmpty()) {
      throw new CsvImportException(problems);
    }
    TradingCalendar calendar = new TradingCalendar(List.copyOf(days));
    DataStoreWriter writer = new DataStoreWriter(draft);
    writer.calendar(calendar);
    writer.instruments(MARKET, new Universe(members));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      SymbolTable table = CsvTable.read(file.getValue(), required, problems, new ArrayList<>());
      if (!problems.isEmpty() || !days.containsAll(table.rows().keySet())) {
        throw new DataException(file.getValue() + " changed during the import: import again");
      }
      for (int i = 0; i < table.fields().size(); i++) {
        writer.series(file.getKey(), table.fields().get(i), table.series(i, calendar));
      }
      progress.advanced(++done, 2 * files.size());
    }
    return new CsvImportReport(
        files.size(),
        List.copyOf(fields),
        rows,
        calendar.size(),
        calendar.first(),
        calendar.last(),
        List.copyOf(dropped));
  }

  /** The files by symbol, in order. */
  private static Map<String, Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new DataException("the folder of CSV files " + folder + " does not exist");
    }
    List<Path> found;
    try (Stream<Path> list = Files.list(folder)) {
      found = list.filter(CsvImporter::isSymbolFile).sorted().toList();
    } catch (IOException e) {
      throw new DataException("cannot read " + folder + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new DataException(
          "the folder "
              + folder
              + " holds no CSV file: name each after its symbol, for example AAPL.csv");
    }
    List<CsvProblem> problems = new ArrayList<>();
    Map<String, Path> files = new LinkedHashMap<>();
    for (Path file : found) {
      String name = String.valueOf(file.getFileName());
      String symbol =
          name.substring(0, name.length() - SUFFIX.length()).strip().toUpperCase(Locale.ROOT);
      try {
        DataLayout.checkSymbol(symbol);
      } catch (DataException e) {
        problems.add(new CsvProblem(name, 0, e.getMessage()));
      }
      Path other = files.putIfAbsent(symbol, file);
      if (other != null) {
        problems.add(
            new CsvProblem(name, 0, "is the same symbol " + symbol + " as " + other.getFileName()));
      }
    }
    if (!problems.isEmpty()) {
      throw new CsvImportException(problems);
    }
    return files;
  }

  private static boolean isSymbolFile(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
        && !name.startsWith("_")
        && !name.startsWith(".")
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
