package io.windrow.quant.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windrow.quant.calendar.BarCalendar;
import io.windrow.quant.calendar.Frequency;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link CsvImporter#update} and {@link CsvImporter#fix}. */
class CsvUpdateTest {

  private static final String HEADER = "date,close,volume";

  @TempDir private Path temp;

  private Path csv(String folder, String name, String... rows) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    lines.addAll(List.of(rows));
    CsvFiles.write(temp.resolve(folder), name, lines);
    return temp.resolve(folder);
  }

  private static CsvImporter importer() {
    return new CsvImporter(Set.of("close"), false, CsvImporter.Progress.NONE);
  }

  private Path data() {
    return temp.resolve("data");
  }

  private CsvUpdateReport update(Path csv) {
    return importer().update(csv, data());
  }

  private List<String> problems(Runnable run) {
    CsvImportException e = catchThrowableOfType(CsvImportException.class, run::run);
    assertThat(e).isNotNull();
    return e.problems().stream().map(CsvProblem::toString).toList();
  }

  /** A and B on two days; B's list entry is as far as A's. */
  private void start() {
    csv("old", "A.csv", "2020-01-02,1,10", "2020-01-03,2,20");
    importer().run(csv("old", "B.csv", "2020-01-02,5,50", "2020-01-03,6,60"), data());
  }

  @Test
  void newer_rows_are_appended_and_missing_days_are_empty() {
    start();
    csv("new", "A.csv", "2020-01-06,3,30", "2020-01-08,4,40");
    csv("new", "B.csv", "2020-01-07,7,70");

    CsvUpdateReport report = update(csv("new", "C.csv", "2020-01-07,9,90"));

    DataStore data = DataStore.open(data());
    assertThat(data.calendar().days())
        .map(LocalDate::toString)
        .containsExactly("2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07", "2020-01-08");
    assertThat(data.read("A", "close").values()).containsExactly(1, 2, 3, Float.NaN, 4);
    assertThat(data.read("B", "volume").values()).containsExactly(50, 60, Float.NaN, 70);
    assertThat(data.read("C", "close").start()).isEqualTo(3);
    assertThat(data.universe("all").members().get(1).spans())
        .containsExactly(new Universe.Span(LocalDate.of(2020, 1, 2), LocalDate.of(2020, 1, 7)));
    assertThat(report)
        .isEqualTo(new CsvUpdateReport(2, 1, 0, 4, 3, 5, "2020-01-02", "2020-01-08", List.of()));
    assertThat(data().resolve("calendars/.day.txt.next")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_history_in_pieces_gives_the_very_bytes_of_the_whole(long seed) {
    Random random = new Random(seed);
    int pieces = 1 + random.nextInt(4);
    Map<String, List<String>> whole = new TreeMap<>();
    for (int symbol = 0; symbol < 6; symbol++) {
      int first = random.nextInt(20);
      int last = first + 1 + random.nextInt(40 - first);
      List<String> rows = new ArrayList<>(List.of(HEADER));
      for (int day = first; day <= last; day++) {
        // Some are suspended; the first has every day, so that no day comes late.
        if (symbol == 0 || day == first || random.nextInt(4) > 0) {
          rows.add(LocalDate.ofEpochDay(18_000 + day) + "," + random.nextInt(100) + "," + day);
        }
      }
      whole.put("S" + symbol + ".csv", rows);
    }
    List<String> every = whole.get("S0.csv");
    every.subList(1, every.size()).clear();
    for (int day = 0; day <= 41; day++) {
      every.add(LocalDate.ofEpochDay(18_000 + day) + "," + day + ",1");
    }
    whole.forEach((name, rows) -> CsvFiles.write(temp.resolve("whole"), name, rows));
    importer().run(temp.resolve("whole"), temp.resolve("at-once"));

    for (int piece = 0; piece <= pieces; piece++) {
      String end = LocalDate.ofEpochDay(18_000 + 42L * (piece + 1) / (pieces + 1)).toString();
      Path folder = temp.resolve("piece" + piece);
      whole.forEach(
          (name, rows) -> {
            List<String> known =
                rows.stream().filter(row -> row.equals(HEADER) || row.compareTo(end) < 0).toList();
            if (known.size() > 1) {
              CsvFiles.write(folder, name, known);
            }
          });
      if (piece == 0) {
        importer().run(folder, data());
      } else {
        update(folder);
      }
    }

    assertThat(CsvFiles.bytes(data())).isEqualTo(CsvFiles.bytes(temp.resolve("at-once")));
  }

  @Test
  void rows_that_are_not_newer_are_reported_and_a_changed_past_is_named() {
    start();
    csv("new", "A.csv", "2020-01-02,1,10", "2020-01-03,2.5,20", "2020-01-06,3,30");

    CsvUpdateReport report = update(csv("new", "B.csv", "2020-01-03,6,60"));

    assertThat(report.extended()).isEqualTo(1);
    assertThat(report.untouched()).isEqualTo(1);
    assertThat(report.notes())
        .map(CsvProblem::toString)
        .containsExactly(
            "A.csv: 2 rows up to 2020-01-03 are not newer than what the folder has of A: left out",
            "A.csv line 3: the folder has another close on 2020-01-03; 1 rows differ. If prices were"
                + " adjusted anew, import all files again with --replace",
            "B.csv: 1 rows up to 2020-01-03 are not newer than what the folder has of B: left out");
    assertThat(DataStore.open(data()).read("A", "close").values()).containsExactly(1, 2, 3);
  }

  @Test
  void the_last_of_several_spans_grows_and_other_lists_stay() throws IOException {
    start();
    Path lists = data().resolve("instruments");
    Files.writeString(
        lists.resolve("all.txt"),
        "A\t2020-01-03\t2020-01-03\nA\t2019-01-02\t2019-06-28\nB\t2020-01-02\t2099-12-31\n");
    Files.writeString(lists.resolve("few.txt"), "A\t2020-01-02\t2020-01-02\n");

    csv("new", "B.csv", "2020-01-06,7,70");
    update(csv("new", "A.csv", "2020-01-06,3,30"));

    assertThat(lists.resolve("all.txt"))
        .hasContent(
            "A\t2020-01-03\t2020-01-06\nA\t2019-01-02\t2019-06-28\nB\t2020-01-02\t2099-12-31\n");
    assertThat(lists.resolve("few.txt")).hasContent("A\t2020-01-02\t2020-01-02\n");
    assertThat(DataStore.open(data()).read("B", "close").values()).containsExactly(5, 6, 7);
  }

  @Test
  void every_problem_is_named_and_nothing_is_written() {
    start();
    Map<String, String> before = CsvFiles.bytes(data());
    csv("new", "A.csv", "2020-01-06,x,30");
    CsvFiles.write(temp.resolve("new"), "B.csv", List.of("date,close", "2020-01-06,7"));
    csv("new", "C.csv", "2019-12-31,1,1", "2020-01-02,1,1", "2020-01-01,1,1");

    assertThat(problems(() -> update(temp.resolve("new"))))
        .containsExactly(
            "A.csv line 2: close \"x\" is not a float32 number; leave it empty if it is missing",
            "B.csv line 1: the header has no column \"volume\", which the folder has of B: add it,"
                + " or leave the field as it is with --exclude-fields volume",
            "C.csv line 2: 2019-12-31 is not in the calendar, which nothing can be put into: remove"
                + " the row, or import all files again with --replace",
            "C.csv line 4: 2020-01-01 is not in the calendar, which nothing can be put into: remove"
                + " the row, or import all files again with --replace");
    assertThat(CsvFiles.bytes(data())).isEqualTo(before);
  }

  @Test
  void a_store_that_was_open_before_sees_the_folder_as_it_was() {
    start();
    DataStore before = DataStore.open(data());
    csv("new", "A.csv", "2020-01-06,3,30");

    update(csv("new", "C.csv", "2020-01-06,9,90"));

    assertThat(before.calendar().size()).isEqualTo(2);
    assertThat(before.read("A", "close").values()).containsExactly(1, 2);
    assertThat(before.stored("A", "close").end()).isEqualTo(2);
    assertThat(before.read("C", "close").isEmpty()).isTrue();
    assertThat(DataStore.open(data()).read("A", "close").values()).containsExactly(1, 2, 3);
  }

  @Test
  void readers_see_the_old_or_the_new_while_it_is_updated() throws Exception {
    start();
    csv("new", "A.csv", "2020-01-06,3,30");
    List<String> seen = new ArrayList<>();

    // Between any two files a reader looks.
    new CsvImporter(
            CsvFormat.daily(Set.of("close")),
            false,
            (done, total) -> {
              DataStore data = DataStore.open(data());
              seen.add(
                  data.calendar().size()
                      + " days, A "
                      + data.read("A", "close").values().length
                      + ", B "
                      + data.read("B", "close").values().length);
            })
        .update(csv("new", "B.csv", "2020-01-06,7,70"), data());

    assertThat(seen).hasSize(4).containsOnly("2 days, A 2, B 2");
    assertThat(Files.size(data().resolve("features/a/close.day.bin"))).isEqualTo(16);
  }

  @Test
  void what_a_killed_update_leaves_is_readable_and_does_not_come_to_other_days()
      throws IOException {
    start();
    Map<String, String> before = CsvFiles.bytes(data());
    csv("new", "A.csv", "2020-01-06,3,30");
    csv("new", "B.csv", "2020-01-06,7,70");
    killed(csv("new", "C.csv", "2020-01-06,9,90"));

    DataStore data = DataStore.open(data());
    assertThat(data.calendar().size()).isEqualTo(2);
    assertThat(data.read("A", "close").values()).containsExactly(1, 2);
    assertThat(data.universe("all").symbols()).containsExactly("A", "B");
    assertThat(Files.size(data().resolve("features/a/close.day.bin"))).isEqualTo(16);

    // Another one, without A: what was written of A's 6th must not show up on the 7th.
    update(csv("other", "B.csv", "2020-01-07,8,80"));

    assertThat(DataStore.open(data()).calendar().last()).isEqualTo("2020-01-07");
    assertThat(DataStore.open(data()).read("A", "close").values()).containsExactly(1, 2);
    assertThat(CsvFiles.bytes(data()).get("features/a/close.day.bin"))
        .isEqualTo(before.get("features/a/close.day.bin"));
    assertThat(data().resolve("features/c/close.day.bin")).doesNotExist();
  }

  @Test
  void a_killed_update_is_completed_by_the_same_one() {
    start();
    csv("new", "A.csv", "2020-01-06,3,30");
    Path csv = csv("new", "C.csv", "2020-01-06,9,90");
    killed(csv);

    CsvUpdateReport report = update(csv);

    assertThat(report.extended()).isEqualTo(1);
    assertThat(report.added()).isEqualTo(1);
    assertThat(DataStore.open(data()).read("A", "close").values()).containsExactly(1, 2, 3);
    assertThat(DataStore.open(data()).universe("all").symbols()).containsExactly("A", "B", "C");
  }

  /** An update that ends in the midst of its last file. */
  private void killed(Path csv) {
    CsvImporter.Progress kill =
        (done, total) -> {
          if (done == total) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(
            () -> new CsvImporter(CsvFormat.daily(Set.of()), false, kill).update(csv, data()))
        .hasMessage("killed");
    assertThat(data().resolve("calendars/.day.txt.next")).exists();
  }

  @Test
  void two_updates_at_a_time_are_refused() throws IOException {
    start();
    Path csv = csv("new", "A.csv", "2020-01-06,3,30");
    try (FileChannel other =
        FileChannel.open(
            data().resolve(".update.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertThatThrownBy(() -> update(csv))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("is locked: another import works on this folder");
    }
    assertThat(update(csv).rows()).isEqualTo(1);
  }

  @Test
  void a_future_calendar_that_does_not_know_the_new_day_is_named() throws IOException {
    start();
    Path future = data().resolve("calendars/day_future.txt");
    Files.writeString(future, "2020-01-02\n2020-01-03\n2020-01-06\n");
    assertThat(update(csv("one", "A.csv", "2020-01-06,3,30")).notes()).isEmpty();

    assertThat(update(csv("two", "A.csv", "2020-01-07,3,30")).notes())
        .map(CsvProblem::toString)
        .containsExactly("day_future.txt: does not know the new bar 2020-01-07: write it anew");
  }

  @Test
  void fix_adds_what_the_folder_lacks_and_leaves_the_rest() {
    start();
    Map<String, String> before = CsvFiles.bytes(data());
    csv("more", "A.csv", "2020-01-02,100,10");
    CsvUpdateReport report = importer().fix(csv("more", "C.csv", "2020-01-03,9,90"), data());

    assertThat(report.added()).isEqualTo(1);
    assertThat(report.notes())
        .map(CsvProblem::toString)
        .containsExactly("A.csv: A is in the folder already: left as it is");
    Map<String, String> after = CsvFiles.bytes(data());
    assertThat(after).hasSize(before.size() + 2);
    assertThat(after.get("features/a/close.day.bin"))
        .isEqualTo(before.get("features/a/close.day.bin"));
    assertThat(after.get("calendars/day.txt")).isEqualTo(before.get("calendars/day.txt"));
    DataStore data = DataStore.open(data());
    assertThat(data.universe("all").symbols()).containsExactly("A", "B", "C");
    assertThat(data.read("C", "close").start()).isEqualTo(1);
    assertThat(data.read("C", "close").values()).containsExactly(9);
  }

  @Test
  void files_of_an_instrument_that_the_list_forgot_are_kept() {
    start();
    new DataStoreWriter(data()).series("C", "close", new Series(0, new float[] {8, 8}));

    importer().fix(csv("more", "C.csv", "2020-01-03,9,90"), data());

    assertThat(DataStore.open(data()).read("C", "close").values()).containsExactly(8, 9);
  }

  @Test
  void fix_names_each_day_that_the_calendar_does_not_have() {
    start();
    Map<String, String> before = CsvFiles.bytes(data());
    Path csv = csv("more", "C.csv", "2020-01-02,9,90", "2020-01-04,9,90", "2020-01-06,9,90");

    assertThat(problems(() -> importer().fix(csv, data())))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("C.csv line 3: 2020-01-04 is not in the calendar"),
            line -> assertThat(line).startsWith("C.csv line 4: 2020-01-06 is not in the calendar"));
    assertThat(CsvFiles.bytes(data())).isEqualTo(before);
  }

  @Test
  void a_folder_without_data_is_refused() {
    Path csv = csv("new", "A.csv", "2020-01-06,3,30");

    assertThatThrownBy(() -> update(csv))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> importer().fix(csv, csv))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no calendar");
  }

  @Test
  void minutes_have_their_own_calendar_and_files() throws IOException {
    Frequency minutes = Frequency.parse("1min");
    CsvFormat format =
        new CsvFormat(minutes, "time", "code", Set.of(), Set.of(), Set.of("note"), ".csv", 0);
    CsvImporter importer = new CsvImporter(format, false, CsvImporter.Progress.NONE);
    CsvFiles.write(
        temp.resolve("one"),
        "bars.csv",
        List.of(
            "code,time,close,note",
            "a,2020-01-02 09:30:00,1,x",
            "b,2020-01-02 09:31,5,x",
            "a,2020-01-02T09:31:00,2,x"));
    CsvImportReport report = importer.run(temp.resolve("one"), data());
    assertThat(report.fields()).containsExactly("close");
    assertThat(report.last()).isEqualTo("2020-01-02 09:31:00");
    assertThat(data().resolve("calendars/1min.txt"))
        .hasContent("2020-01-02 09:30:00\n2020-01-02 09:31:00\n");
    assertThat(data().resolve("instruments/all.txt"))
        .hasContent(
            """
            A\t2020-01-02 09:30:00\t2020-01-02 09:31:00
            B\t2020-01-02 09:31:00\t2020-01-02 09:31:00
            """);

    CsvFiles.write(
        temp.resolve("two"),
        "bars.csv",
        List.of("code,time,close,note", "a,2020-01-03 09:30:00,3,", "c,2020-01-03 09:30:00,9,"));
    importer.update(temp.resolve("two"), data());

    BarStore store = BarStore.open(data(), minutes);
    BarCalendar calendar = store.calendar();
    assertThat(calendar.size()).isEqualTo(3);
    assertThat(store.universe("all").keySet()).containsExactly("A", "B", "C");
    assertThat(store.universe("all").get("A"))
        .containsExactly(new TimeSpan(calendar.first(), calendar.last()));
    assertThat(store.stored("A", "close").load().values()).containsExactly(1, 2, 3);
    assertThat(store.stored("B", "close").start()).isEqualTo(1);
    assertThat(store.fields("A")).containsExactly("close");
    assertThat(store.futureCalendar()).isEmpty();
    assertThatThrownBy(() -> DataStore.open(data()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has no calendar calendars/day.txt: its bars are of 1min");
    assertThatThrownBy(
            () ->
                new CsvImporter(Set.of(), true, CsvImporter.Progress.NONE)
                    .run(csv("old", "A.csv", "2020-01-02,1,10"), data()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds bars of 1min: keep each frequency in a folder of its own");
  }

  @Test
  void a_time_must_be_one_of_the_frequency() {
    CsvFormat format =
        new CsvFormat(
            Frequency.parse("5min"), "date", "", Set.of(), Set.of("close"), Set.of(), ".csv", 0);
    Path csv =
        csv("new", "A.csv", "2020-01-02,1,1", "2020-01-02 09:30:00.5,1,1", "2020-01-02 9,1,1");

    assertThat(
            problems(
                () -> new CsvImporter(format, false, CsvImporter.Progress.NONE).run(csv, data())))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).endsWith("is not a time like 2020-12-31 09:30:00"));
    Path daily = csv("daily", "A.csv", "2020-01-02 09:30:00,1,1");
    assertThat(problems(() -> importer().run(daily, data())))
        .containsExactly("A.csv line 2: \"2020-01-02 09:30:00\" is not a date like 2020-12-31");
  }

  @Test
  void a_symbol_stands_in_one_file_only_and_is_named_where_it_is_none() {
    CsvFormat format =
        new CsvFormat(Frequency.DAILY, "date", "symbol", Set.of(), Set.of(), Set.of(), ".txt", 2);
    List<String> header = List.of("date,symbol,close");
    CsvFiles.write(temp.resolve("new"), "x.txt", List.of(header.get(0), "2020-01-02,a,1"));
    CsvFiles.write(
        temp.resolve("new"),
        "y.txt",
        List.of(header.get(0), "2020-01-02,A,1", "2020-01-02,../b,1"));
    CsvFiles.write(temp.resolve("new"), "z.txt", List.of("beyond the limit"));

    assertThat(
            problems(
                () ->
                    new CsvImporter(format, false, CsvImporter.Progress.NONE)
                        .run(temp.resolve("new"), data())))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("y.txt line 3: \"../B\" is not the symbol"),
            line -> assertThat(line).isEqualTo("y.txt: is the same symbol A as x.txt"));
  }
}
