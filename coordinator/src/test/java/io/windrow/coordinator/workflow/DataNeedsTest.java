package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.quant.data.DataRoots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workflow's data lacks, and what a workflow hardly means, is said with its line. */
class DataNeedsTest {
  private static final String INSTRUMENTS = "instruments: *market";

  @TempDir Path root;
  private WorkflowParser parser;

  @BeforeEach
  void marketWithBars() {
    MarketFolder.create(root, "market", NyseCalendar.days());
    parser = new WorkflowParser(new DataRoots(List.of(root)));
  }

  private List<WorkflowProblem> problems(String file) {
    return parser.validate(WorkflowSource.of(file), true).problems();
  }

  private List<WorkflowProblem> warnings(String file) {
    assertThat(problems(file)).isEmpty();
    return parser.parse(file).warnings();
  }

  private static void assertOnly(List<WorkflowProblem> found, int line, String... texts) {
    assertThat(found)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(line);
              assertThat(problem.message()).contains(texts);
            });
  }

  private static String handler(String lines) {
    return WorkflowText.with(INSTRUMENTS, INSTRUMENTS + "\n    " + lines);
  }

  @Test
  void nothing_is_said_where_nothing_is_wrong() {
    assertThat(warnings(WorkflowText.valid())).isEmpty();
  }

  @Test
  void a_misspelled_field_has_its_nearest_name_and_its_position() {
    String file = handler("label: [\"Ref($clsoe, -2)/Ref($close, -1) - 1\"]");

    assertOnly(
        problems(file),
        WorkflowText.line(file, "label:"),
        "factor LABEL0: no instrument has a field $clsoe (did you mean '$close'?), at character 5"
            + " of \"Ref($clsoe, -2)");
  }

  @Test
  void a_field_that_a_built_in_set_lacks_is_a_warning() throws IOException {
    Files.delete(root.resolve("market/features/aapl/vwap.day.bin"));

    assertThat(warnings(WorkflowText.valid()))
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning.message())
                    .isEqualTo(
                        "no instrument has $vwap: what reads it has no values, as in Qlib: VWAP0"));
  }

  @Test
  void a_listed_symbol_without_bars_is_an_error_with_the_nearest_name() {
    String file = WorkflowText.with(INSTRUMENTS, "instruments: [AAPL, APPL, QQQQ]");

    assertOnly(
        problems(file),
        WorkflowText.line(file, "instruments:"),
        "the data has no bars of APPL (did you mean 'AAPL'?), QQQQ:");
  }

  @Test
  void a_markets_instruments_without_bars_are_counted_in_a_warning() throws IOException {
    for (int i = 0; i < 12; i++) {
      add("NOBARS" + i);
    }
    String file = WorkflowText.valid();

    assertOnly(
        warnings(file),
        WorkflowText.line(file, INSTRUMENTS),
        "12 of the 13 instruments of market all have no bars, and so no rows: NOBARS0, NOBARS1, ",
        " and 2 more");
  }

  @Test
  void a_market_without_any_bars_is_an_error() throws IOException {
    Files.writeString(
        root.resolve("market/instruments/all.txt"), "NOBARS\t2008-01-02\t2020-07-31\n");

    assertThat(problems(WorkflowText.valid()))
        .anySatisfy(
            problem ->
                assertThat(problem.message())
                    .contains("no bars of any instrument of market all, such as NOBARS"));
  }

  @Test
  void a_market_that_is_not_there_has_its_nearest_name() {
    String file = WorkflowText.with(INSTRUMENTS, "instruments: al");

    assertOnly(problems(file), WorkflowText.line(file, "instruments:"), "(did you mean 'all'?)");
  }

  @Test
  void filters_that_leave_nothing_are_found_before_a_run() {
    String file = handler("filter_pipe: [{filter_type: NameDFilter, name_rule_re: SH}]");

    assertOnly(
        problems(file), WorkflowText.line(file, "filter_pipe"), "leaves none of 1 instruments");

    file =
        handler(
            "filter_pipe: [{filter_type: ExpressionDFilter, rule_expression: $close > 1,"
                + " filter_start_time: 2031-01-01}]");

    assertOnly(problems(file), WorkflowText.line(file, "filter_pipe"), "holds no trading day");
  }

  @Test
  void what_reads_the_future_is_a_warning_or_refused() {
    String file =
        handler(
            "filter_pipe: [{filter_type: ExpressionDFilter, rule_expression: \"Ref($close, -2) >"
                + " $close\"}]");
    int line = WorkflowText.line(file, "filter_pipe");

    assertOnly(warnings(file), line, "the filter reads 2 days ahead: Ref($close, -2) > $close");

    String strict = WorkflowText.replace(file, "windrow:\n", "windrow:\n    strict: true\n");
    assertOnly(problems(strict), line, "reads 2 days ahead", "(windrow.strict is true)");
    assertThat(problems(WorkflowText.with("windrow:\n", "windrow:\n    strict: true\n"))).isEmpty();
  }

  @Test
  void segments_that_share_days_are_a_warning_or_refused() {
    String file =
        WorkflowText.with("test: [2017-01-01, 2020-08-01]", "test: [2014-01-01, 2020-08-01]");
    int line = WorkflowText.line(file, "test: [2014");

    assertOnly(
        warnings(file),
        line,
        "shares days, 2014-01-01..2014-12-31 with train, 2015-01-01..2016-12-31 with valid");

    String strict = WorkflowText.replace(file, "windrow:\n", "windrow:\n    strict: true\n");
    assertOnly(problems(strict), line, "shares days", "(windrow.strict is true)");
  }

  private void add(String symbol) throws IOException {
    Files.writeString(
        root.resolve("market/instruments/all.txt"),
        symbol + "\t2008-01-02\t2020-07-31\n",
        StandardOpenOption.APPEND);
  }
}
