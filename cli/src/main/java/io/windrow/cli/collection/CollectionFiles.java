package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.report.DailyTable;
import io.windrow.cli.report.Report;
import io.windrow.cli.report.ReportPage;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes a collection to a folder: the tables and {@code pred.csv} of each group (in a folder of
 * its own where there are several), {@code collection.json} and {@code report.html}.
 */
public final class CollectionFiles {
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setHeader("datetime", "instrument", "score")
          .setRecordSeparator("\n")
          .get();

  /** Looks at a collection that grows while it is fetched. */
  private static final int ATTEMPTS = 20;

  private final CollectorClient collector;
  private final Path out;

  private record Snapshot(
      Collection collection, List<Map<TableFile, byte[]>> tables, String json) {}

  /**
   * Writes there.
   *
   * @param out made if need be; files of the same names are replaced
   */
  public CollectionFiles(CollectorClient collector, Path out) {
    this.collector = collector;
    this.out = out;
  }

  /**
   * Fetches and writes everything.
   *
   * @param partial whether tables with gaps will do
   * @param notice what the report says about the data
   * @param facts what the report says about the run
   * @return the collection
   */
  public Collection write(
      String submission, boolean partial, String notice, List<Report.Fact> facts) {
    Snapshot snapshot = snapshot(submission, partial);
    Collection collection = snapshot.collection();
    try {
      Files.createDirectories(out);
      List<Report.Days> days = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (int i = 0; i < collection.groups().size(); i++) {
        Path folder = out;
        if (collection.groups().size() > 1) {
          String name = folderName(collection.groups().get(i).name());
          folder = out.resolve(names.add(name) ? name : name + "-" + i);
          Files.createDirectories(folder);
        }
        Map<TableFile, byte[]> tables = snapshot.tables().get(i);
        for (TableFile file : TableFile.values()) {
          file.write(folder, tables.get(file));
        }
        writeCsv(
            folder.resolve("pred.csv"), ArrowTables.read(bytes(tables, TableFile.PRED)).series());
        days.add(days(tables));
      }
      Files.writeString(out.resolve("collection.json"), snapshot.json());
      Files.writeString(
          out.resolve("report.html"),
          ReportPage.render(new Report(collection, days, notice, facts)));
    } catch (IOException e) {
      throw new UserError("cannot write to " + out + ": " + e.getMessage());
    }
    return collection;
  }

  private static byte[] bytes(Map<TableFile, byte[]> tables, TableFile file) {
    return Objects.requireNonNull(tables.get(file));
  }

  private static Report.Days days(Map<TableFile, byte[]> tables) {
    return new Report.Days(
        daily(tables, TableFile.IC),
        daily(tables, TableFile.QUANTILES),
        daily(tables, TableFile.REPORT));
  }

  private static DailyTable daily(Map<TableFile, byte[]> tables, TableFile file) {
    byte[] table = tables.get(file);
    return table == null ? DailyTable.EMPTY : DailyTable.of(RowTable.read(table));
  }

  /** Everything of one moment: nothing came in between its first and its last part. */
  private Snapshot snapshot(String submission, boolean partial) {
    Collection before = Completeness.await(collector, submission, partial);
    for (int attempt = 1; ; attempt++) {
      requireWindows(before, partial);
      List<Map<TableFile, byte[]>> tables = new ArrayList<>();
      for (int i = 0; i < before.groups().size(); i++) {
        tables.add(tables(before, i, partial));
      }
      String json = collector.json(submission, partial);
      Collection after = collector.collection(submission, partial);
      if (after.collected() == before.collected()) {
        return new Snapshot(before, tables, json);
      }
      if (attempt == ATTEMPTS) {
        throw new UserError(
            "windows of submission %s come in faster than they can be fetched: wait for their end"
                .formatted(submission));
      }
      before = after;
    }
  }

  private Map<TableFile, byte[]> tables(Collection collection, int group, boolean partial) {
    Map<TableFile, byte[]> tables = new EnumMap<>(TableFile.class);
    for (TableFile file : TableFile.values()) {
      if (file.isIn(collection, group)) {
        tables.put(file, file.fetch(collector, collection.submission(), group, partial));
      }
    }
    return tables;
  }

  private static void requireWindows(Collection collection, boolean partial) {
    if (collection.collected() == 0 || !(partial || collection.complete())) {
      throw new UserError(
          "submission %s has %d of its %d windows: %d are missing, %d failed; %s"
              .formatted(
                  collection.submission(),
                  collection.collected(),
                  collection.expected(),
                  collection.missing().size(),
                  collection.failed().size(),
                  collection.missing().isEmpty()
                      ? "'windrow status' with its id says why"
                          + (collection.collected() > 0 ? ", --partial takes the others" : "")
                      : "'windrow wait' with its id waits for them"
                          + (collection.collected() > 0
                              ? ", --partial takes those that are there"
                              : "")));
    }
  }

  private static void writeCsv(Path file, ScoreSeries series) throws IOException {
    try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), CSV)) {
      for (int row = 0; row < series.size(); row++) {
        double value = series.value(row);
        // NaN is an empty field, as pandas writes and reads it.
        csv.printRecord(
            series.date(row), series.instrument(row), Double.isNaN(value) ? null : value);
      }
    }
  }

  /** A group's key as the name of a folder: nothing that a file system takes as a path. */
  static String folderName(String key) {
    String name = key.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    return name.isEmpty() ? "group" : name;
  }
}
