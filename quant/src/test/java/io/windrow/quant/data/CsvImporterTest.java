package io.windrow.quant.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvImporterTest {

  private static final String HEADER = "date,open,high,low,close,volume";

  @TempDir private Path temp;
  private Path csv;
  private Path target;

  @BeforeEach
  void folders() throws IOException {
    csv = Files.createDirectory(temp.resolve("csv"));
    target = temp.resolve("data");
  }

  private void file(String name, String... lines) throws IOException {
    Files.write(csv.resolve(name), List.of(lines));
  }

  private CsvImportReport run() {
    return importer(false).run(csv, target);
  }

  private static CsvImporter importer(boolean replace) {
    return new CsvImporter(CsvImporter.BAR_FIELDS, replace, CsvImporter.Progress.NONE);
  }

  private List<String> problems() {
    CsvImportException e = catchThrowableOfType(CsvImportException.class, this::run);
    assertThat(e).isNotNull();
    return e.problems().stream().map(CsvProblem::toString).toList();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> list = Files.list(temp)) {
      return list.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void the_calendar_is_the_union_and_missing_days_are_nan() throws IOException {
    file("a.csv", HEADER, "2020-01-03,1,1,1,1,5", "2020-01-02,1,1,1,2,", "2020-01-07,1,1,1,3,7");
    file("B.csv", HEADER + ",vwap", "2020-01-06,1,1,1,4,8,1.5");
    file("_index.csv", "anything");
    file("notes.txt", "anything");

    CsvImportReport report = run();

    DataStore data = DataStore.open(target);
    assertThat(report.rows()).isEqualTo(4);
    assertThat(report.bars()).isEqualTo(4);
    assertThat(report.fields()).containsExactly("open", "high", "low", "close", "volume", "vwap");
    assertThat(report.dropped()).isEmpty();
    assertThat(data.universe("all").symbols()).containsExactly("A", "B");
    assertThat(data.read("A", "close").values()).containsExactly(2, 1, Float.NaN, 3);
    assertThat(data.read("A", "volume").values()).containsExactly(Float.NaN, 5, Float.NaN, 7);
    assertThat(data.read("A", "vwap").isEmpty()).isTrue();
    assertThat(data.read("B", "vwap").start()).isEqualTo(2);
    assertThat(left()).containsExactly("csv", "data");
  }

  @Test
  void the_first_of_two_rows_with_a_date_is_kept_and_the_other_named() throws IOException {
    file("A.csv", HEADER, "2020-01-02,1,1,1,1,1", "2020-01-02,2,2,2,2,2");

    CsvImportReport report = run();

    assertThat(DataStore.open(target).read("A", "close").values()).containsExactly(1);
    assertThat(report.dropped())
        .map(CsvProblem::toString)
        .containsExactly("A.csv line 3: dropped, an earlier row has the same date 2020-01-02");
  }

  @Test
  void every_problem_is_named_with_file_and_line_and_nothing_is_written() throws IOException {
    file("A.csv", HEADER, "2020-01-02,1,1,1,x,1", "2020-1-3,1,1,1,1,1e99", "2020-01-06,1,1");
    file("B.csv", "date,open,high,low,close", "2020-01-02,1,1,1,1");
    file("C.csv", HEADER + ",close", "2020-01-02,1,1,1,1,1,1");
    file("D.csv", HEADER);
    file("E.csv");
    file("F.csv", "day,open,high,low,close,volume,adj close");
    file("G.csv", HEADER, "2020-01-02,0x10,1d,NaN,Infinity,1");

    assertThat(problems())
        .containsExactly(
            "A.csv line 2: close \"x\" is not a float32 number; leave it empty if it is missing",
            "A.csv line 3: \"2020-1-3\" is not a date like 2020-12-31",
            "A.csv line 3: volume \"1e99\" is not a float32 number; leave it empty if it is missing",
            "A.csv line 4: has 3 columns, the header has 6",
            "B.csv line 1: the header has no column \"volume\"",
            "C.csv line 1: column \"close\" stands twice in the header",
            "D.csv: holds no row: remove the file or fill it",
            "E.csv: holds no row: remove the file or fill it",
            "F.csv line 1: column \"adj close\" is not the name of a field: use letters, digits and"
                + " '_'",
            "F.csv line 1: the header has no column \"date\"",
            "G.csv line 2: open \"0x10\" is not a float32 number; leave it empty if it is missing",
            "G.csv line 2: high \"1d\" is not a float32 number; leave it empty if it is missing",
            "G.csv line 2: close \"Infinity\" is not a float32 number; leave it empty if it is"
                + " missing");
    assertThat(left()).containsExactly("csv");
  }

  @Test
  void text_that_is_not_utf8_is_named() throws IOException {
    Files.write(csv.resolve("A.csv"), new byte[] {'d', (byte) 0xff, (byte) 0xfe, '\n'});

    assertThat(problems()).containsExactly("A.csv: is not UTF-8 text");
  }

  @Test
  void a_quotation_that_never_ends_is_named() throws IOException {
    file("A.csv", HEADER, "2020-01-02,1,1,1,\"1,1");

    assertThat(problems()).singleElement().asString().startsWith("A.csv: cannot be read: ");
  }

  @Test
  void files_that_are_no_symbols_are_named() throws IOException {
    file("a b.csv", HEADER);
    file("x.csv", HEADER);
    file("X.csv", HEADER);

    assertThat(problems())
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("a b.csv: \"A B\" is not the symbol"),
            problem -> assertThat(problem).contains("is the same symbol X as "));
  }

  @Test
  void a_folder_without_csv_files_is_refused() {
    assertThatThrownBy(this::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds no CSV file: name each after its symbol");
    csv = temp.resolve("nowhere");
    assertThatThrownBy(this::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nowhere does not exist");
  }

  @Test
  void data_is_replaced_only_when_allowed() throws IOException {
    file("A.csv", HEADER, "2020-01-02,1,1,1,1,1");
    run();
    assertThatThrownBy(this::run)
        .isInstanceOf(DataException.class)
        .hasMessageContaining("already holds data");

    file("A.csv", HEADER, "2020-01-02,1,1,1,9,1");
    importer(true).run(csv, target);

    assertThat(DataStore.open(target).read("A", "close").values()).containsExactly(9);
    assertThat(left()).containsExactly("csv", "data");
  }

  @Test
  void a_failed_import_leaves_the_old_data() throws IOException {
    file("A.csv", HEADER, "2020-01-02,1,1,1,1,1");
    run();
    file("A.csv", HEADER, "2020-01-02,1,1,1,oops,1");

    assertThatThrownBy(() -> importer(true).run(csv, target))
        .isInstanceOf(CsvImportException.class);

    assertThat(DataStore.open(target).read("A", "close").values()).containsExactly(1);
    assertThat(left()).containsExactly("csv", "data");
  }

  @Test
  void a_folder_with_other_things_is_never_replaced() throws IOException {
    file("A.csv", HEADER, "2020-01-02,1,1,1,1,1");

    assertThatThrownBy(() -> importer(true).run(csv, csv))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is there and is not a data folder");
    assertThat(csv.resolve("A.csv")).exists();
  }

  @Test
  void progress_reaches_its_total() throws IOException {
    file("A.csv", HEADER, "2020-01-02,1,1,1,1,1");
    file("B.csv", HEADER, "2020-01-02,1,1,1,1,1");
    List<String> seen = new ArrayList<>();

    new CsvImporter(CsvImporter.BAR_FIELDS, false, (done, total) -> seen.add(done + "/" + total))
        .run(csv, target);

    assertThat(seen).containsExactly("1/4", "2/4", "3/4", "4/4");
  }
}
