package io.windrow.cli.demo;

import io.windrow.cli.importing.CsvFolder;
import io.windrow.cli.terminal.Figures;
import io.windrow.cli.terminal.UserError;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.CsvFormat;
import io.windrow.quant.data.CsvImportReport;
import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The data the demo runs on.
 *
 * @param folder in Qlib's layout
 * @param workflow the example, pointed at it
 * @param summary one line about it
 * @param notice what a reader of the results must know about it
 */
record DemoData(Path folder, DemoWorkflow workflow, String summary, String notice) {
  private static final String OWN_NOTICE =
      "Computed on the data given with --data, on days chosen by the demo to fit its calendar."
          + " Only the back-test counts costs, and nothing here accounts for how the list of"
          + " instruments was drawn up: a list made afterwards (survivorship) flatters every"
          + " figure.";

  /**
   * Draws the synthetic market and writes it.
   *
   * @param folder where to
   * @param quick whether a small one will do
   */
  static DemoData synthetic(Path folder, boolean quick) {
    SyntheticMarket market =
        quick
            ? SyntheticMarket.of(20, DemoWorkflow.FIRST_DAY, DemoWorkflow.FIRST_DAY.plusYears(2))
            : SyntheticMarket.of(60, DemoWorkflow.FIRST_DAY, DemoWorkflow.LAST_DAY);
    TradingCalendar calendar = new TradingCalendar(market.days());
    write(market, calendar, new DataStoreWriter(folder));
    String summary =
        "synthetic market (seed %d): %d stocks, %s days from %s to %s; no real prices"
            .formatted(
                SyntheticMarket.SEED,
                market.stocks().size(),
                Figures.count(calendar.size()),
                calendar.first(),
                calendar.last());
    String notice =
        ("This market is synthetic: random numbers from seed %d, no real prices. A weak signal is"
                + " planted in it: each day's own move has a correlation of %.2f with the reversal"
                + " of an earlier week. A working pipeline must find a small positive IC; neither it"
                + " nor the back-test says anything about any real market.")
            .formatted(SyntheticMarket.SEED, SyntheticStock.SIGNAL);
    return new DemoData(
        folder,
        quick
            ? DemoWorkflow.on(
                folder,
                DemoDays.of(calendar),
                "all",
                DemoPortfolio.of(market.stocks().size(), List.of(SyntheticMarket.INDEX)))
            : DemoWorkflow.example(folder),
        summary,
        notice);
  }

  /**
   * Takes a person's own data.
   *
   * @param data a folder in Qlib's layout, or of CSV files, which are imported first
   * @param scratch where an import goes
   */
  static DemoData own(Path data, Path scratch, PrintWriter err) {
    if (!Files.isDirectory(data)) {
      throw new UserError("no folder " + data);
    }
    Path given = data.toAbsolutePath().normalize();
    boolean qlib = Files.isDirectory(given.resolve("calendars"));
    String imported = "";
    Path folder = given;
    if (!qlib) {
      CsvImportReport report =
          new CsvFolder(given, CsvFormat.daily(CsvImporter.BAR_FIELDS), err)
              .importTo(scratch, true);
      imported = "CSV files of %s, imported: ".formatted(given);
      folder = scratch;
      err.printf("import: %s rows%n", Figures.count(report.rows()));
      err.flush();
    }
    try {
      DataStore store = DataStore.open(folder);
      String market = market(folder);
      TradingCalendar calendar = store.calendar();
      String summary =
          "%s%d instruments of market %s, %s days from %s to %s"
              .formatted(
                  imported.isEmpty() ? given + ": " : imported,
                  store.universe(market).members().size(),
                  market,
                  Figures.count(calendar.size()),
                  calendar.first(),
                  calendar.last());
      return new DemoData(
          folder,
          DemoWorkflow.on(
              folder,
              DemoDays.of(calendar),
              market,
              DemoPortfolio.of(store, store.universe(market))),
          summary,
          OWN_NOTICE);
    } catch (DataException e) {
      throw new UserError(String.valueOf(e.getMessage()).lines().toList());
    }
  }

  /** Market {@code all}, or the first by name. */
  private static String market(Path folder) {
    Path instruments = folder.resolve("instruments");
    if (Files.isRegularFile(instruments.resolve("all.txt"))) {
      return "all";
    }
    try (Stream<Path> files = Files.list(instruments)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".txt"))
          .map(name -> name.substring(0, name.length() - ".txt".length()))
          .sorted()
          .findFirst()
          .orElseThrow(() -> new UserError(instruments + " holds no list of instruments"));
    } catch (IOException e) {
      throw new UserError("cannot read " + instruments + ": is " + folder + " in Qlib's layout?");
    }
  }

  private static void write(
      SyntheticMarket market, TradingCalendar calendar, DataStoreWriter writer) {
    writer.calendar(calendar);
    List<Universe.Member> members = new ArrayList<>();
    for (SyntheticStock stock : market.stocks()) {
      members.add(
          new Universe.Member(
              stock.symbol(),
              List.of(new Universe.Span(calendar.day(stock.listed()), calendar.last()))));
      for (Map.Entry<String, float[]> field : stock.fields().entrySet()) {
        writer.series(stock.symbol(), field.getKey(), new Series(stock.listed(), field.getValue()));
      }
    }
    writer.instruments("all", new Universe(members));
    // Not listed: it is no stock to buy.
    writer.series(SyntheticMarket.INDEX, "close", new Series(0, market.index()));
  }
}
