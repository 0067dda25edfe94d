package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with all that Qlib's benchmark files of the linear and tree models use. */
class BenchmarkWorkflowTest {
  private static final String LINEAR_HANDLER =
      """
      handler_arguments: &handler_arguments
          start_time: 2009-01-01
          end_time: 2019-06-28
          fit_start_time: 2009-01-01
          fit_end_time: 2013-12-31
          instruments: *market
          infer_processors:
              - class: RobustZScoreNorm
                kwargs:
                    fields_group: feature
                    clip_outlier: true
              - class: Fillna
                kwargs:
                    fields_group: feature
          learn_processors:
              - class: DropnaLabel
              - class: CSRankNorm
                kwargs:
                    fields_group: label
          label: ["Ref($close, -3) / Ref($close, -1) - 1"]
      """;
  private static final String TREE_HANDLER =
      """
      handler_arguments: &handler_arguments
          start_time: 2009-01-01
          end_time: 2019-06-28
          fit_start_time: 2009-01-01
          fit_end_time: 2013-12-31
          instruments: *market
          infer_processors: []
          learn_processors: [{class: DropnaLabel}, {class: CSRankNorm, kwargs: {fields_group: label}}]
      """;

  /** The signal as newer files have it, or model and dataset as older ones. */
  private static final String PAIR = "signal: [<MODEL>, <DATASET>]";

  private static final String OLD = "model: <MODEL>\n            dataset: <DATASET>";

  @TempDir Path root;
  private WorkflowParser parser;

  @BeforeEach
  void market() {
    MarketFolder.create(root, "market", NyseCalendar.days());
    new DataStoreWriter(root.resolve("market"))
        .series("^GSPC", "close", new Series(0, new float[] {1000, 1001}));
    parser = new WorkflowParser(new DataRoots(List.of(root)));
  }

  private static String file(
      String model, String handler, String arguments, String signal, String records) {
    return """
        qlib_init:
            provider_uri: "market"
            region: us
        market: &market all
        benchmark: &benchmark "^GSPC"
        %sportfolio: &portfolio
            strategy:
                class: TopkDropoutStrategy
                module_path: qlib.contrib.strategy
                kwargs:
                    %s
                    topk: 30
                    n_drop: 3
            backtest:
                start_time: 2016-01-04
                end_time: 2019-06-28
                account: 100_000_000
                benchmark: *benchmark
                exchange_kwargs:
                    limit_threshold: 0.095
                    deal_price: close
                    open_cost: 0.0005
                    close_cost: 0.0015
                    min_cost: 5
        task:
            model: %s
            dataset:
                class: DatasetH
                module_path: qlib.data.dataset
                kwargs:
                    handler:
                        class: %s
                        module_path: qlib.contrib.data.handler
                        kwargs: *handler_arguments
                    segments:
                        train: [2009-01-01, 2013-12-31]
                        valid: [2014-01-01, 2015-12-31]
                        test: [2016-01-04, 2019-06-28]
            record:
                - class: SignalRecord
                  module_path: qlib.workflow.record_temp
                  kwargs:
                    model: <MODEL>
                    dataset: <DATASET>
                %s
                - class: PortAnaRecord
                  module_path: qlib.workflow.record_temp
                  kwargs:
                    config: *portfolio
        """
        .formatted(
            arguments,
            signal,
            model,
            handler,
            "- {class: SigAnaRecord, module_path: qlib.workflow.record_temp, kwargs: "
                + records
                + "}");
  }

  private static final Map<String, String> MODELS =
      Map.of(
          "LGBModel",
              "{class: LGBModel, module_path: qlib.contrib.model.gbdt, kwargs: {loss: mse,"
                  + " colsample_bytree: 0.88, learning_rate: 0.05, subsample: 0.87, lambda_l1: 200.7,"
                  + " lambda_l2: 580.9, max_depth: 8, num_leaves: 200, num_threads: 20}}",
          "XGBModel",
              "{class: XGBModel, module_path: qlib.contrib.model.xgboost, kwargs: {eval_metric: rmse,"
                  + " colsample_bytree: 0.88, eta: 0.05, max_depth: 8, n_estimators: 600,"
                  + " subsample: 0.87, nthread: 20}}",
          "LinearModel",
              "{class: LinearModel, module_path: qlib.contrib.model.linear, kwargs: {estimator: ols}}");

  private static String benchmark(String model, String handler, boolean old) {
    return file(
        MODELS.get(model),
        handler,
        model.equals("LinearModel") ? LINEAR_HANDLER : TREE_HANDLER,
        old ? OLD : PAIR,
        old
            ? "{ana_long_short: False, ann_scaler: 252, model: <MODEL>, dataset: <DATASET>}"
            : "{ana_long_short: True, ann_scaler: 252}");
  }

  @ParameterizedTest
  @CsvSource({
    "LGBModel, Alpha158, true",
    "LGBModel, Alpha158, false",
    "LGBModel, Alpha360, true",
    "XGBModel, Alpha158, false",
    "XGBModel, Alpha360, true",
    "LinearModel, Alpha158, false"
  })
  void canBeRun(String model, String handler, boolean old) {
    Validation validation =
        parser.validate(WorkflowSource.of(benchmark(model, handler, old)), true);

    assertThat(validation.valid()).as(validation.toString()).isTrue();
    assertThat(validation.runnable()).isTrue();
    assertThat(validation.problems()).isEmpty();
    // Its n_estimators means nothing to Qlib's XGBModel.
    assertThat(validation.warnings()).hasSize(model.equals("XGBModel") ? 1 : 0);
  }

  @Test
  void qlibsOwnFilesAreValidUnmodified() throws IOException {
    String qlib = System.getenv("QLIB_HOME");
    assumeTrue(
        qlib != null, "QLIB_HOME does not name a checkout of microsoft/qlib: its own files unseen");
    List<Path> files = new ArrayList<>();
    for (String model : List.of("LightGBM", "XGBoost", "Linear")) {
      Path folder = Path.of(qlib, "examples", "benchmarks", model);
      try (DirectoryStream<Path> stream =
          Files.newDirectoryStream(
              folder, "workflow_config_*_Alpha{158,360}{,_csi500,_sp500}.yaml")) {
        stream.forEach(files::add);
      }
    }
    assertThat(files).hasSizeGreaterThanOrEqualTo(5);
    for (Path file : files) {
      Validation validation = parser.validate(WorkflowSource.of(Files.readString(file)), false);
      assertThat(validation.valid()).as(file + ": " + validation).isTrue();
    }
  }

  @Test
  void oneThatCanRunKeepsItsPlaceholders() {
    Workflow workflow = parser.parse(benchmark("LGBModel", "Alpha158", false));

    assertThat(workflow.warnings()).isEmpty();
    assertThat(workflow.templates().get(0).json().get("record").toString())
        .contains("signal=[<MODEL>, <DATASET>]", "account=100000000", "benchmark=^GSPC");
  }

  @Test
  void oneThatCannotRunIsRefusedWithItsLine() {
    String file =
        benchmark("LGBModel", "Alpha360", false)
            .replace("kwargs: *handler_arguments", "kwargs: {<<: *handler_arguments, freq: 1min}");

    WorkflowException e = catchThrowableOfType(WorkflowException.class, () -> parser.parse(file));

    assertThat(e.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(WorkflowText.line(file, "freq: 1min}"));
              assertThat(problem.message()).contains("only daily bars are available");
            });
  }

  @Test
  void configPathsFollowTheWindow() {
    String file =
        benchmark("LGBModel", "Alpha158", false)
            .replace("start_time: 2016-01-04", "start_time: <dataset.kwargs.segments.test.0>");

    Validation validation = parser.validate(WorkflowSource.of(file), true);

    assertThat(validation.runnable()).as(validation.toString()).isTrue();
    assertThat(parser.parse(file).templates().get(0).json().toString())
        .contains("start_time=<dataset.kwargs.segments.test.0>");
  }

  @Test
  void aBenchmarkThatTheDataLacksIsSaidWithItsLine() {
    String file =
        benchmark("LGBModel", "Alpha158", false)
            .replace("benchmark: *benchmark", "benchmark: SH000300");

    assertThat(parser.validate(WorkflowSource.of(file), true).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(WorkflowText.line(file, "benchmark: SH000300"));
              assertThat(problem.message()).contains("no close of the benchmark SH000300");
            });
    assertThat(parser.validate(WorkflowSource.of(file), false).runnable()).isTrue();
  }

  @Test
  void aFileCanBeCheckedWhereItsDataIsNot() {
    String file =
        benchmark("LGBModel", "Alpha158", true)
            .replace("provider_uri: \"market\"", "provider_uri: \"~/.qlib/qlib_data/cn_data\"");

    assertThat(parser.validate(WorkflowSource.of(file), true).problems())
        .extracting(WorkflowProblem::path)
        .containsExactly("qlib_init.provider_uri");
    assertThat(parser.validate(WorkflowSource.of(file), false).runnable()).isTrue();
  }

  @Test
  void whatCannotBeReadIsSaidInTheSameWay() {
    Validation validation = parser.validate(WorkflowSource.of("a: [1\n"), false);

    assertThat(validation.valid()).isFalse();
    assertThat(validation.problems()).extracting(WorkflowProblem::line).containsExactly(2);
  }

  @Test
  void problemsOfABaseNameTheFileAndItsLine() {
    String base = benchmark("LGBModel", "Alpha158", true).replace("max_depth: 8", "max_dpth: 8");
    WorkflowSource source =
        new WorkflowSource(
            "own.yaml",
            "BASE_CONFIG_PATH: base.yaml\nwindrow: {queeu: {{ QUEUE }}}\n",
            Map.of("base.yaml", base),
            Map.of("QUEUE", "fast", "TYPO", "x"));

    Validation validation = parser.validate(source, true);

    assertThat(validation.problems())
        .extracting(WorkflowProblem::file, WorkflowProblem::line, WorkflowProblem::path)
        .containsExactly(
            tuple("base.yaml", WorkflowText.line(base, "max_dpth"), "task.model.kwargs.max_dpth"),
            tuple(null, 2, "windrow.queeu"));
    assertThat(validation.warnings())
        .anySatisfy(w -> assertThat(w.message()).contains("variable TYPO is given"));
  }
}
