package io.windrow.cli.collection;

import io.windrow.cli.client.Collection;
import io.windrow.cli.client.CollectorClient;
import io.windrow.cli.report.Report;
import io.windrow.cli.report.ReportPage;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.evaluate.DailyIc;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes a collection to a folder: {@code pred.arrow}, {@code label.arrow} and {@code pred.csv} of
 * each group (in a folder of its own where there are several), {@code collection.json} and {@code
 * report.html}.
 */
public final class CollectionFiles {
  private static final CSVFormat CSV =
      CSVFormat.DEFAULT
          .builder()
          .setHeader("datetime", "instrument", "score")
          .setRecordSeparator("\n")
          .get();

  private final CollectorClient collector;
  private final Path out;

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
    Collection collection = Completeness.await(collector, submission);
    try {
      Files.createDirectories(out);
      List<List<DailyIc>> days = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (int i = 0; i < collection.groups().size(); i++) {
        Path folder = out;
        if (collection.groups().size() > 1) {
          String name = folderName(collection.groups().get(i).name());
          folder = out.resolve(names.add(name) ? name : name + "-" + i);
          Files.createDirectories(folder);
        }
        byte[] pred = collector.table(submission, i, "pred", partial);
        Files.write(folder.resolve("pred.arrow"), pred);
        Files.write(
            folder.resolve("label.arrow"), collector.table(submission, i, "label", partial));
        writeCsv(folder.resolve("pred.csv"), ArrowTables.read(pred).series());
        days.add(ArrowTables.readAnalysis(collector.table(submission, i, "ic", partial)).days());
      }
      Files.writeString(out.resolve("collection.json"), collector.json(submission));
      Files.writeString(
          out.resolve("report.html"),
          ReportPage.render(new Report(collection, days, notice, facts)));
    } catch (IOException e) {
      throw new UserError("cannot write to " + out + ": " + e);
    }
    return collection;
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
