package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, as a person runs it, on its small market. */
class DemoIT {

  @Test
  void ends_well_writes_its_files_and_predicts_the_same_again(@TempDir Path folder)
      throws IOException {
    WindrowProcess first = demo(folder, "first", "--workers", "1", "--slots", "2");
    // Another division of the work must not change a figure.
    WindrowProcess second = demo(folder, "second", "--workers", "2", "--slots", "1");

    assertThat(first.exitCode()).as(first.errors()).isZero();
    assertThat(second.exitCode()).as(second.errors()).isZero();
    assertThat(first.output())
        .contains("security   off: only this machine can connect")
        .contains("synthetic", "no real prices", "best iteration", "Rank IC", "slots      features")
        .doesNotContain("NaN");
    assertThat(first.errors()).contains(" done)").doesNotContain("\tat ", "WARN", "ERROR");

    Path out = folder.resolve("first");
    for (String file :
        List.of(
            "pred.arrow",
            "label.arrow",
            "ic.arrow",
            "quantile_returns.arrow",
            "pred.csv",
            "report_normal_1day.arrow",
            "positions_normal_1day.arrow",
            "port_analysis.json",
            "collection.json",
            "report.html")) {
      assertThat(out.resolve(file)).isNotEmptyFile();
    }
    assertThat(out.resolve("pred.csv")).hasSameTextualContentAs(folder.resolve("second/pred.csv"));

    for (String table : List.of("report_normal_1day.arrow", "positions_normal_1day.arrow")) {
      assertThat(RowTable.read(Files.readAllBytes(out.resolve(table))))
          .isEqualTo(RowTable.read(Files.readAllBytes(folder.resolve("second").resolve(table))));
    }
    assertThat(first.output()).contains("information_ratio", "without cost", "with cost");

    List<String> csv = Files.readAllLines(out.resolve("pred.csv"));
    assertThat(csv.get(0)).isEqualTo("datetime,instrument,score");
    ScoreSeries arrow = ArrowTables.read(Files.readAllBytes(out.resolve("pred.arrow"))).series();
    assertThat(csv).hasSize(arrow.size() + 1);
    assertThat(csv.get(1))
        .isEqualTo(arrow.date(0) + "," + arrow.instrument(0) + "," + arrow.value(0));
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("Complete: ", "This market is synthetic", "Cumulative excess return")
        .doesNotContain("http://", "https://");
  }

  private static WindrowProcess demo(Path folder, String name, String... more) {
    String[] args = new String[4 + more.length];
    System.arraycopy(
        new String[] {"demo", "--quick", "--out", folder.resolve(name).toString()}, 0, args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    return WindrowProcess.run(folder, name, args);
  }
}
