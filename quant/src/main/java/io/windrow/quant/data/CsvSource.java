package io.windrow.quant.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The CSV files of a folder. They are gone through twice, first to check them and to learn what
 * they hold, then to write it, so that memory holds one file at a time.
 */
final class CsvSource {

  /** What is done with the rows of one symbol. */
  @FunctionalInterface
  interface Visitor {
    void visit(String symbol, Path file, SymbolTable table);
  }

  private final CsvFormat format;
  private final CsvImporter.Progress progress;

  /** The files, each with the symbol that its name says. */
  private final Map<Path, String> files = new LinkedHashMap<>();

  private final Map<String, Path> owners = new HashMap<>();
  private final List<CsvProblem> problems = new ArrayList<>();
  private final List<CsvProblem> dropped = new ArrayList<>();
  private int done;

  /**
   * Finds the files.
   *
   * @throws DataException if there are none, or their names are not those of symbols
   */
  CsvSource(Path folder, CsvFormat format, CsvImporter.Progress progress) {
    this.format = format;
    this.progress = progress;
    if (!Files.isDirectory(folder)) {
      throw new DataException("the folder of CSV files " + folder + " does not exist");
    }
    List<Path> found = find(folder);
    if (found.isEmpty()) {
      throw new DataException(
          "the folder "
              + folder
              + " holds no CSV file: name each after its symbol, for example AAPL"
              + format.suffix());
    }
    found.forEach(this::add);
    failOnProblems();
  }

  private List<Path> find(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.filter(this::isSymbolFile)
          .sorted()
          .limit(format.limit() == 0 ? Long.MAX_VALUE : format.limit())
          .toList();
    } catch (IOException e) {
      throw new DataException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private boolean isSymbolFile(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.toLowerCase(Locale.ROOT).endsWith(format.suffix().toLowerCase(Locale.ROOT))
        && !name.startsWith("_")
        && !name.startsWith(".")
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private void add(Path file) {
    String name = String.valueOf(file.getFileName());
    String symbol =
        name.substring(0, name.length() - format.suffix().length())
            .strip()
            .toUpperCase(Locale.ROOT);
    files.put(file, symbol);
    if (format.symbolField().isEmpty()) {
      try {
        DataLayout.checkSymbol(symbol);
      } catch (DataException e) {
        problem(file, 0, String.valueOf(e.getMessage()));
      }
      own(symbol, file);
    }
  }

  /** Notes which file has the symbol; a second one is a problem. */
  private void own(String symbol, Path file) {
    Path other = owners.putIfAbsent(symbol, file);
    if (other != null && !other.equals(file)) {
      problem(file, 0, "is the same symbol " + symbol + " as " + other.getFileName());
    }
  }

  /** Notes something wrong. */
  void problem(Path file, long line, String message) {
    problems.add(new CsvProblem(String.valueOf(file.getFileName()), line, message));
  }

  /** Rows left out because an earlier one has their time, from the first pass. */
  List<CsvProblem> dropped() {
    return List.copyOf(dropped);
  }

  /**
   * The first pass: learns about every symbol.
   *
   * @throws CsvImportException with every problem of the files and those the visitor noted
   */
  void survey(Visitor visitor) {
    files.forEach(
        (file, symbol) -> {
          SortedMap<String, SymbolTable> tables =
              CsvTable.read(file, symbol, format, problems, dropped);
          tables.keySet().forEach(each -> own(each, file));
          tables.forEach((each, table) -> visitor.visit(each, file, table));
          advance();
        });
    failOnProblems();
  }

  /**
   * The second pass: visits the symbols again, to write them.
   *
   * @throws DataException if a file is not what it was
   */
  void write(Visitor visitor) {
    files.forEach(
        (file, symbol) -> {
          List<CsvProblem> found = new ArrayList<>();
          SortedMap<String, SymbolTable> tables =
              CsvTable.read(file, symbol, format, found, new ArrayList<>());
          if (!found.isEmpty()) {
            throw changed(file);
          }
          tables.forEach((each, table) -> visitor.visit(each, file, table));
          advance();
        });
  }

  static DataException changed(Path file) {
    return new DataException(file + " changed during the import: import again");
  }

  private void advance() {
    progress.advanced(++done, 2 * files.size());
  }

  private void failOnProblems() {
    if (!problems.isEmpty()) {
      throw new CsvImportException(problems);
    }
  }
}
