package io.windrow.quant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.data.DataException;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.reference.ArtifactSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on bad data and doubtful definitions: a clear error, or Qlib's result. */
class BadDataIT {

  private static final String HANDLER = "dataset.kwargs.handler.kwargs.";
  private static final String LABEL = "Ref($close, -2)/Ref($close, -1) - 1";
  private static final Map<String, Object> STANDARDISED =
      Map.of("class", "CSZScoreNorm", "kwargs", Map.of("fields_group", "label"));

  @TempDir private Path folder;
  private TinyBars bars;
  private ResearchEngine engine;

  @BeforeEach
  void write() throws IOException {
    Path real = folder.toRealPath();
    bars = new TinyBars(real);
    engine = new ResearchEngine(new EngineSettings(1, 1 << 28, List.of(real)));
  }

  private RecordedRun run(Map<String, Object> task) {
    RecordedRun run = new RecordedRun();
    engine.run(task, ArtifactSource.NONE, run, Cancellation.NONE);
    return run;
  }

  /** What a run that must fail says. */
  private String error(Map<String, Object> task) {
    Throwable thrown = catchThrowable(() -> run(task));
    assertThat(thrown).isInstanceOfAny(DataException.class, DefinitionException.class);
    return Objects.requireNonNull(thrown.getMessage());
  }

  private static Map<String, Object> handler(Map<String, Object> task) {
    return Definitions.at(task, "dataset", "kwargs", "handler", "kwargs");
  }

  private static Map<String, Object> segments(Map<String, Object> task) {
    return Definitions.at(task, "dataset", "kwargs", "segments");
  }

  private Map<String, Object> trees() {
    return bars.task("LGBModel");
  }

  private static List<String> predicted(RecordedRun run, int day) {
    ScoreSeries series =
        ArrowTables.read(Objects.requireNonNull(run.artifacts.get("pred.arrow"))).series();
    return IntStream.range(0, series.size())
        .filter(row -> series.epochDay(row) == TinyBars.day(day).toEpochDay())
        .mapToObj(series::instrument)
        .toList();
  }

  @Test
  void sound_bars_give_predictions_and_no_warning() {
    RecordedRun run = run(trees());

    assertThat(predicted(run, 85)).isEqualTo(TinyBars.SYMBOLS);
    assertThat(run.metrics).containsKeys("IC", "Rank IC");
    assertThat(run.params.keySet())
        .noneMatch(name -> name.startsWith("left_out.") || name.startsWith("warning."));
  }

  @Test
  void a_bin_of_no_whole_values_is_an_error() throws IOException {
    bars.cut("C", "close", 2);

    assertThat(error(trees())).contains("close.day.bin is truncated: 402 bytes");
  }

  @Test
  void an_empty_bin_is_an_error() throws IOException {
    Files.write(bars.file("C", "close"), new byte[0]);

    assertThat(error(trees())).contains("close.day.bin is truncated: 0 bytes");
  }

  @Test
  void a_bin_that_begins_beyond_the_calendar_is_an_error() throws IOException {
    bars.set("C", "close", -1, 200);

    assertThat(error(trees())).contains("first value is at calendar index 200.0");
  }

  @Test
  void a_bin_that_ends_beyond_the_calendar_is_an_error() throws IOException {
    bars.set("C", "close", -1, 3);

    assertThat(error(trees())).contains("holds 100 values from calendar index 3 on, beyond");
  }

  /** A header says where values begin, not how many there are: Qlib takes what is there. */
  @Test
  void bins_that_end_early_end_the_rows_of_their_instrument() throws IOException {
    for (String field : TinyBars.FIELDS) {
      bars.cut("C", field, 10 * Float.BYTES);
    }

    RecordedRun run = run(trees());

    assertThat(predicted(run, 89)).contains("C");
    assertThat(predicted(run, 90)).containsExactly("A", "B", "D", "E", "F");
  }

  @Test
  void a_single_bin_that_ends_early_leaves_missing_values() throws IOException {
    bars.cut("C", "volume", 10 * Float.BYTES);

    assertThat(predicted(run(trees()), 95)).contains("C");
  }

  @Test
  void a_markets_instruments_without_files_have_no_rows_and_the_recorder_says_so() {
    bars.market(List.of("A", "B", "C", "GONE", "LOST"));

    RecordedRun run = run(trees());

    assertThat(predicted(run, 90)).containsExactly("A", "B", "C");
    assertThat(run.params)
        .containsEntry(
            "left_out." + HANDLER + "instruments",
            "2 of the 5 instruments of market all have no bars, and so no rows: GONE, LOST");
  }

  @Test
  void a_listed_instrument_without_files_is_an_error() {
    Map<String, Object> task = trees();
    handler(task).put("instruments", List.of("A", "B", "G"));

    assertThat(error(task))
        .startsWith(HANDLER + "instruments: the data has no bars of G (did you mean 'A'?)");
  }

  @Test
  void infinite_features_are_great_numbers_to_trees_and_an_error_to_a_linear_model()
      throws IOException {
    bars.set("C", "high", 30, Float.POSITIVE_INFINITY);
    bars.set("D", "low", 31, Float.NEGATIVE_INFINITY);

    assertThat(run(trees()).metrics).containsKey("IC");

    Map<String, Object> linear = bars.task("LinearModel");
    handler(linear)
        .put(
            "infer_processors",
            List.of(Map.of("class", "Fillna", "kwargs", Map.of("fields_group", "feature"))));
    assertThat(error(linear))
        .contains(
            "LinearModel needs values that are not infinite", "of C on 2020-01-31", "ProcessInf");

    handler(linear)
        .put(
            "infer_processors",
            List.of(
                "ProcessInf",
                Map.of("class", "Fillna", "kwargs", Map.of("fields_group", "feature"))));
    assertThat(run(linear).metrics).containsKey("IC");
  }

  @Test
  void infinite_labels_are_an_error() throws IOException {
    bars.set("C", "close", 30, Float.POSITIVE_INFINITY);

    assertThat(error(trees()))
        .contains(
            "LightGBM needs finite labels: in the segment train 1 of",
            "LABEL0 of C on 2020-01-29 is Infinity");
  }

  @Test
  void columns_without_a_value_are_nothing_to_trees_and_an_error_to_a_linear_model()
      throws IOException {
    for (String symbol : TinyBars.SYMBOLS) {
      Files.delete(bars.file(symbol, "vwap"));
    }

    RecordedRun run = run(trees());
    assertThat(run.metrics).containsKey("IC");
    assertThat(run.params)
        .containsEntry(
            "left_out.dataset.kwargs.handler.class",
            "no instrument has $vwap: what reads it has no values, as in Qlib: VWAP0");

    assertThat(error(bars.task("LinearModel")))
        .contains("LinearModel drops rows with a missing value", "VWAP0");
  }

  @Test
  void a_column_of_nan_is_the_same() {
    float[] nan = new float[TinyBars.DAYS];
    java.util.Arrays.fill(nan, Float.NaN);
    TinyBars.SYMBOLS.forEach(symbol -> bars.write(symbol, "vwap", nan));

    assertThat(run(trees()).metrics).containsKey("IC");
    assertThat(error(bars.task("LinearModel"))).contains("VWAP0");
  }

  @Test
  void a_constant_label_trains_without_figures_and_the_recorder_says_so() {
    Map<String, Object> task = trees();
    handler(task).put("label", List.of("$close/$close"));

    RecordedRun run = run(task);

    assertThat(run.metrics).containsKey("best_iteration").doesNotContainKeys("IC", "Rank IC");
    assertThat(run.params)
        .containsEntry(
            "warning." + HANDLER + "label",
            "is 1.0 in all 360 rows of the segment train: there is nothing to learn");
  }

  /** The standard deviation of equal numbers is 0, of one number there is none. */
  @Test
  void standardising_equal_labels_or_one_a_day_leaves_none_and_is_an_error() {
    Map<String, Object> constant = trees();
    handler(constant).put("label", List.of("$close/$close"));
    handler(constant).put("learn_processors", List.of("DropnaLabel", STANDARDISED));
    assertThat(error(constant))
        .contains("LightGBM needs finite labels: in the segment train 360 of 360 are not");

    Map<String, Object> single = trees();
    handler(single).put("instruments", List.of("B"));
    handler(single).put("learn_processors", List.of("DropnaLabel", STANDARDISED));
    assertThat(error(single))
        .contains("LightGBM needs finite labels: in the segment train 60 of 60 are not");

    handler(single).put("learn_processors", List.of("DropnaLabel", STANDARDISED, "DropnaLabel"));
    assertThat(error(single))
        .isEqualTo(
            "dataset.kwargs.segments.train: has no rows: the processors dropped all of the 60 that"
                + " were computed");
  }

  @Test
  void one_label_of_a_day_standardised_is_trained_on_as_in_qlib_and_told() throws IOException {
    for (String symbol : TinyBars.SYMBOLS) {
      if (!symbol.equals("B")) {
        bars.set(symbol, "close", 30, Float.NaN);
      }
    }
    Map<String, Object> task = trees();
    handler(task).put("learn_processors", List.of("DropnaLabel", STANDARDISED));

    RecordedRun run = run(task);

    assertThat(run.metrics).containsKey("best_iteration");
    assertThat(run.params.get("warning." + HANDLER + "learn_processors"))
        .startsWith("leave 2 of the ")
        .contains("labels of the segment train missing: LGBModel takes them for 0, as in Qlib");
  }

  @Test
  void one_instrument_a_day_has_no_ic() {
    Map<String, Object> task = trees();
    handler(task).put("instruments", List.of("B"));

    RecordedRun run = run(task);

    assertThat(predicted(run, 90)).containsExactly("B");
    assertThat(run.metrics).containsKey("best_iteration").doesNotContainKeys("IC", "Rank IC");
  }

  @Test
  void a_segment_outside_of_calendar_or_handler_is_an_error_before_anything_is_computed() {
    Map<String, Object> task = trees();
    segments(task).put("test", List.of("2021-01-01", "2021-06-30"));
    assertThat(error(task))
        .isEqualTo(
            "dataset.kwargs.segments.test: has no rows: it is 2021-01-01..2021-06-30, the handler's"
                + " days are 2020-01-01..2020-04-09, the calendar runs from 2020-01-01 to"
                + " 2020-04-09");

    segments(task).put("test", TinyBars.days(80, 99));
    handler(task).put("end_time", TinyBars.day(70).toString());
    assertThat(error(task)).startsWith("dataset.kwargs.segments.test: has no rows");

    handler(task).remove("end_time");
    segments(task).put("train", List.of("2019-01-01", "2019-12-31"));
    segments(task).put("valid", List.of("2019-01-01", "2019-12-31"));
    assertThat(error(task))
        .contains("dataset.kwargs.segments.train: has", "dataset.kwargs.segments.valid: has");
    assertThat(engine.cache().misses()).isZero();
  }

  @Test
  void a_segment_on_whose_days_nobody_has_bars_is_an_error() throws IOException {
    for (String symbol : TinyBars.SYMBOLS) {
      for (String field : TinyBars.FIELDS) {
        bars.cut(symbol, field, 20 * Float.BYTES);
      }
    }

    assertThat(error(trees()))
        .startsWith(
            "dataset.kwargs.segments.test: has no rows: no instrument has bars on its days");
  }

  @Test
  void without_a_segment_to_stop_on_every_round_is_trained() {
    Map<String, Object> task = trees();
    segments(task).remove("valid");

    RecordedRun run = run(task);

    assertThat(run.metrics.get("best_iteration")).containsExactly(5.0);
    assertThat(run.metrics).doesNotContainKey("l2.valid");
  }

  @Test
  void a_misspelled_field_is_an_error_with_nearest_name_and_position() {
    Map<String, Object> task = trees();
    handler(task).put("label", List.of(LABEL.replaceFirst("close", "clsoe")));

    assertThat(error(task))
        .isEqualTo(
            HANDLER
                + "label: factor LABEL0: no instrument has a field $clsoe (did you mean '$close'?),"
                + " at character 5 of \"Ref($clsoe, -2)/Ref($close, -1) - 1\"");
    assertThat(engine.cache().misses()).isZero();
  }

  @Test
  void what_is_hardly_meant_is_noted() {
    Map<String, Object> task = trees();
    handler(task)
        .put(
            "filter_pipe",
            List.of(
                new HashMap<>(
                    Map.of(
                        "filter_type", "ExpressionDFilter",
                        "rule_expression", "Ref($close, -1) > 0"))));
    segments(task).put("test", TinyBars.days(75, 99));

    RecordedRun run = run(task);

    assertThat(run.params)
        .containsEntry(
            "warning." + HANDLER + "filter_pipe.0.rule_expression",
            "the filter reads 1 day ahead: Ref($close, -1) > 0; on the day of a prediction nobody"
                + " knows that")
        .containsEntry(
            "warning.dataset.kwargs.segments.test",
            "shares days, 2020-03-16..2020-03-20 with valid: figures on days that a model was fitted"
                + " to say little");
    assertThat(predicted(run, 98)).isEqualTo(TinyBars.SYMBOLS);
  }

  @Test
  void an_instrument_is_left_out_while_a_filter_says_so() {
    Map<String, Object> task = trees();
    handler(task)
        .put("filter_pipe", List.of(Map.of("filter_type", "NameDFilter", "name_rule_re", "[A-D]")));

    assertThat(predicted(run(task), 90)).containsExactly("A", "B", "C", "D");
    long misses = engine.cache().misses();
    run(task);
    assertThat(engine.cache().misses()).isEqualTo(misses);

    handler(task)
        .put(
            "filter_pipe",
            List.of(
                Map.of(
                    "filter_type", "ExpressionDFilter",
                    "rule_expression", "$close > 100",
                    "keep", true)));
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> run(task))
        .withMessageContaining("leaves none of 6 instruments: ExpressionDFilter $close > 100");
  }
}
