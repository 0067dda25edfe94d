package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.Terminal.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** {@code import-csv} and {@code check-data} as a person calls them. */
class DataCommandsTest {
  private static final String HEADER = "date,open,high,low,close,volume,factor";

  @TempDir private Path temp;

  private Path csv(String folder, String name, String... lines) throws IOException {
    Path csv = Files.createDirectories(temp.resolve(folder));
    List<String> all = new ArrayList<>(List.of(HEADER));
    all.addAll(List.of(lines));
    Files.write(csv.resolve(name), all);
    return csv;
  }

  private Path start() throws IOException {
    csv("csv", "A.csv", "2020-01-02,1,1,1,1,9,1", "2020-01-03,1,1,1,1,9,1");
    return csv("csv", "B.csv", "2020-01-02,1,1,1,1,9,1", "2020-01-03,1,1,1,1,9,1");
  }

  private String data() {
    return temp.resolve("data").toString();
  }

  private static Seen run(Object... args) {
    return Terminal.run(List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  @Test
  void imports_updates_and_fixes() throws IOException {
    assertThat(run("import-csv", start(), data()).out())
        .isEqualTo(
            data()
                + ": 4 rows of 2 instruments, 2 days from 2020-01-02 to 2020-01-03, fields open,"
                + " high, low, close, volume, factor\n");

    csv("new", "A.csv", "2020-01-03,1,1,1,1,9,1", "2020-01-06,2,2,2,2,9,1");
    Seen update =
        run("import-csv", csv("new", "C.csv", "2020-01-06,2,2,2,2,9,1"), data(), "--update");
    assertThat(update.out())
        .isEqualTo(
            data()
                + ": 2 new rows: 1 instruments extended, 1 added, 0 left as they were; 1 days new,"
                + " now 3 days from 2020-01-02 to 2020-01-06\n");
    assertThat(update.err())
        .contains(
            "windrow: A.csv: 1 rows up to 2020-01-03 are not newer than what the folder has of A:"
                + " left out");

    Path more = csv("more", "D.csv", "2020-01-04,2,2,2,2,9,1");
    Seen refused = run("import-csv", more, data(), "--fix");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("windrow: D.csv line 2: 2020-01-04 is not in the calendar");
    csv("more", "D.csv", "2020-01-03,2,2,2,2,9,1");
    JsonNode fixed = run("import-csv", more, data(), "--fix", "--json").json();
    assertThat(fixed.get("added").asInt()).isEqualTo(1);
    assertThat(fixed.get("newBars").asInt()).isZero();
    assertThat(temp.resolve("data/instruments/all.txt"))
        .content()
        .contains("A\t2020-01-02\t2020-01-06\n", "D\t2020-01-03\t2020-01-03\n");
  }

  @Test
  void imports_minutes_with_names_of_its_own() throws IOException {
    Path csv = Files.createDirectories(temp.resolve("csv"));
    Files.write(
        csv.resolve("bars.txt"),
        List.of("code,time,close,note", "a,2020-01-02 09:31:00,2,x", "b,2020-01-02 09:30:00,1,x"));

    Seen seen =
        run(
            "import-csv",
            csv,
            data(),
            "--freq",
            "1min",
            "--date-field",
            "time",
            "--symbol-field",
            "code",
            "--file-suffix",
            ".txt",
            "--include-fields",
            "close",
            "--limit",
            "1");

    assertThat(seen.err()).doesNotContain("windrow: ");
    assertThat(seen.out())
        .endsWith(
            ": 2 rows of 2 instruments, 2 bars of 1min from 2020-01-02 09:30:00 to 2020-01-02"
                + " 09:31:00, fields close\n");
    Seen check = run("check-data", data(), "--freq", "1min");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out()).contains("2 bars (1min)", "error: missing field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import-csv a b --update --fix",
        "import-csv a b --update --replace",
        "import-csv a b --freq hourly",
        "import-csv a b --limit -1",
        "check-data",
        "check-data . --price-jump 0",
        "check-data . --gap many"
      })
  void wrong_usage_is_exit_code_2(String line) {
    Seen seen = run((Object[]) line.split(" "));
    assertThat(seen.code()).isEqualTo(2);
    assertThat(seen.err()).startsWith("windrow: ").doesNotContain("\tat ");
  }

  @Test
  void clean_data_is_exit_code_0() throws IOException {
    run("import-csv", start(), data());

    Seen seen = run("check-data", data());

    assertThat(seen.code()).isZero();
    assertThat(seen.out())
        .isEqualTo(
            data()
                + ": 2 instruments, 2 bars (day) from 2020-01-02 to 2020-01-03: nothing found\n");
  }

  @Test
  void warnings_are_exit_code_0_and_errors_1() throws IOException {
    Path csv = start();
    csv("csv", "B.csv", "2020-01-02,1,1,1,1,0,1", "2020-01-03,1,1,1,1,9,1");
    Seen warned = run("check-data", csv);
    assertThat(warned.code()).isZero();
    assertThat(warned.out())
        .contains("0 errors, 1 warning\n", "warning: no volume - ", "  B volume 2020-01-02: ");

    csv("csv", "B.csv", "2020-01-02,1,1,1,1,9,1", "2020-01-03,1,2,3,1,9,1");
    Seen failed = run("check-data", csv, "--json");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.json().get("errors").asInt()).isEqualTo(1);
    assertThat(failed.json().get("health")).isNull();
    JsonNode finding = failed.json().get("findings").get(0);
    assertThat(finding.get("kind").asString()).isEqualTo("ORDER");
    assertThat(finding.get("instrument").asString()).isEqualTo("B");
    assertThat(finding.get("first").asString()).isEqualTo("2020-01-03");
  }

  @Test
  void csv_files_that_cannot_be_read_are_findings() throws IOException {
    Path csv = start();
    csv("csv", "B.csv", "2020-01-02,1,1,1,x,9,1");

    Seen seen = run("check-data", csv);

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.out())
        .contains(
            csv + ": 1 error, 0 warnings",
            "error: unreadable CSV - mend the file",
            "  B.csv line 2: close \"x\" is not a float32 number");
  }

  @Test
  void findings_are_limited_unless_all_are_asked_for() throws IOException {
    for (char c = 'A'; c <= 'G'; c++) {
      csv("csv", c + ".csv", "2020-01-02,1,1,1,1,0,1");
    }
    Path csv = temp.resolve("csv");

    assertThat(run("check-data", csv).out())
        .contains("  and 2 more (--all)")
        .doesNotContain("  G ");
    assertThat(run("check-data", csv, "--all").out())
        .contains("  G volume 2020-01-02: ")
        .doesNotContain("more (--all)");
  }

  @Test
  void a_page_shows_what_is_there_and_what_was_found() throws IOException {
    csv("csv", "A.csv", "2020-01-02,1,1,1,1,9,1", "2020-01-03,1,1,1,1,9,1");
    Path csv = csv("csv", "(B).csv", "2020-01-03,1,1,2,1,0,1");
    Path page = temp.resolve("page.html");

    Seen seen = run("check-data", csv, "--out", page);

    assertThat(seen.out()).endsWith("written: " + page + "\n");
    assertThat(page)
        .content()
        .contains(
            "1 errors", "1 warnings", "class=\"full\"", "class=\"error\"", "class=\"warning\"")
        .contains("<td>(B)</td><td>volume</td><td>2020-01-03</td><td>the volume is 0</td>")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("src=");
    assertThat(run("check-data", csv, "--out", temp).err()).contains("windrow: cannot write");
  }

  @Test
  void a_folder_that_is_none_is_said() {
    assertThat(run("check-data", temp.resolve("nowhere")).err())
        .isEqualTo("windrow: no folder " + temp.resolve("nowhere") + "\n");
    assertThat(run("check-data", temp).err()).contains("holds no CSV file");
  }
}
