package io.windrow.quant.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Problem.Severity;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionValidatorTest {

  private final Map<String, Object> task =
      Definitions.task(
          "~/.qlib/qlib_data/us_data",
          Definitions.model(
              "LGBModel",
              "gbdt",
              Map.of(
                  "loss",
                  "mse",
                  "colsample_bytree",
                  0.8879,
                  "learning_rate",
                  0.2,
                  "lambda_l1",
                  205.6999,
                  "num_leaves",
                  210,
                  "num_threads",
                  20)));

  @Test
  void qlibsExampleIsFine() {
    assertThat(DefinitionValidator.check(task)).isEmpty();
  }

  @Test
  void openEndsAndOtherSegmentsAreFine() {
    Map<String, Object> segments = Definitions.at(task, "dataset", "kwargs", "segments");
    segments.put("test", Arrays.asList("2020-01-01", null));
    segments.put("backtest", Arrays.asList(null, "2020-01-01 00:00:00"));
    segments.remove("valid");

    assertThat(DefinitionValidator.check(task)).isEmpty();
  }

  @Test
  void labelsMayBeNamedOrNot() {
    Map<String, Object> handler = Definitions.at(task, "dataset", "kwargs", "handler", "kwargs");
    handler.put("label", List.of("Ref($close,-6)/Ref($close,-1)-1"));
    assertThat(DefinitionValidator.check(task)).isEmpty();

    handler.put("label", List.of(List.of("Ref($close,-6)/Ref($close,-1)-1"), List.of("MINE")));
    assertThat(DefinitionValidator.check(task)).isEmpty();

    handler.put("label", List.of(List.of("$close", "$open"), List.of("A", "A")));
    assertThat(DefinitionValidator.check(task))
        .extracting(Problem::path)
        .containsExactly("dataset.kwargs.handler.kwargs.label");

    handler.put("label", List.of("Reff($close, -2)/$close"));
    assertThat(DefinitionValidator.check(task).get(0).toString())
        .startsWith("dataset.kwargs.handler.kwargs.label.0: ")
        .contains("did you mean 'Ref'");

    handler.put("label", List.of("$close", "$open"));
    assertThat(DefinitionValidator.check(task).get(0).message()).contains("has 2 labels");
  }

  @Test
  void reportsEveryProblemWithItsPlace() {
    Map<String, Object> handler = Definitions.at(task, "dataset", "kwargs", "handler");
    handler.put("class", "Alpha185");
    Map<String, Object> segments = Definitions.at(task, "dataset", "kwargs", "segments");
    segments.put("train", List.of("2014-12-31", "2008-01-01"));
    segments.put("valid", List.of("2015-01-01"));
    segments.remove("test");
    task.put("model", Definitions.model("LGBMModel", "gbdt", Map.of()));
    task.put(
        "record",
        List.of(Map.of("class", "PortAnaRecord"), Map.of("class", "SigAnaRecord", "kwarg", 1)));
    task.put("reweighter", "x");
    Definitions.at(task, "qlib_init").remove("provider_uri");

    assertThat(DefinitionValidator.check(task))
        .extracting(Problem::toString)
        .anySatisfy(t -> assertThat(t).startsWith("qlib_init.provider_uri: is missing"))
        .anySatisfy(
            t ->
                assertThat(t)
                    .startsWith("model.class: unknown model class 'LGBMModel'")
                    .contains("did you mean 'LGBModel'"))
        .anySatisfy(
            t -> assertThat(t).startsWith("dataset.kwargs.handler.class").contains("'Alpha158'"))
        .anySatisfy(
            t ->
                assertThat(t)
                    .isEqualTo(
                        "dataset.kwargs.segments.train: ends on 2008-01-01 before it starts on"
                            + " 2014-12-31"))
        .anySatisfy(t -> assertThat(t).startsWith("dataset.kwargs.segments.valid: must be a pair"))
        .anySatisfy(t -> assertThat(t).startsWith("dataset.kwargs.segments.test: is missing"))
        .anySatisfy(
            t -> assertThat(t).startsWith("record.0.class: PortAnaRecord needs a SignalRecord"))
        .anySatisfy(t -> assertThat(t).startsWith("record.1.kwarg: is not known here"))
        .anySatisfy(t -> assertThat(t).contains("SigAnaRecord needs a SignalRecord before it"))
        .anySatisfy(t -> assertThat(t).startsWith("record: has no SignalRecord"))
        .anySatisfy(t -> assertThat(t).startsWith("reweighter: is not known here"))
        .hasSize(11);
  }

  @Test
  void reportsWrongTypesOfTheHandler() {
    Map<String, Object> handler = Definitions.at(task, "dataset", "kwargs", "handler", "kwargs");
    handler.put("start_time", "soon");
    handler.put("instruments", List.of());
    handler.put("filter_pipe", List.of(Map.of("filter_type", "ExpressionDFilter")));
    handler.put("infer_processors", List.of("DropnaLabel"));
    handler.put("process_type", "apend");
    handler.put("fit_start", "2008-01-01");

    assertThat(DefinitionValidator.check(task))
        .extracting(Problem::path)
        .map(path -> path.substring("dataset.kwargs.handler.kwargs.".length()))
        .containsExactlyInAnyOrder(
            "start_time",
            "instruments",
            "filter_pipe",
            "infer_processors",
            "process_type",
            "fit_start");
  }

  @Test
  void whatIsNoMapIsSaidOnce() {
    Map<String, Object> definition = new HashMap<>();
    definition.put("qlib_init", "us");
    definition.put("model", List.of());
    definition.put("dataset", null);

    assertThat(DefinitionValidator.check(definition))
        .extracting(Problem::path)
        .containsExactly("qlib_init", "model", "dataset", "record");
  }

  @Test
  void whatCannotBeComputedYetIsCheckedAndNamed() {
    task.put("model", Definitions.model("XGBModel", "xgboost", Map.of("eta", 0.1, "rounds", 9)));
    Definitions.at(task, "dataset", "kwargs", "handler").put("class", "Alpha360");
    Definitions.at(task, "dataset", "kwargs", "handler", "kwargs").put("freq", "1min");
    task.put(
        "record",
        List.of(
            Map.of("class", "SignalRecord"),
            Map.of("class", "SigAnaRecord", "kwargs", Map.of("ana_long_short", true)),
            Map.of(
                "class",
                "PortAnaRecord",
                "kwargs",
                Map.of("config", Map.of("strategy", Map.of("class", "SoftTopkStrategy")))),
            Map.of("class", "MultiPassPortAnaRecord", "kwargs", Map.of("pass_num", 3)),
            Map.of("class", "HFSignalRecord")));

    assertThat(DefinitionValidator.check(task))
        .extracting(Problem::path, Problem::severity)
        .containsExactlyInAnyOrder(
            tuple("model.kwargs.rounds", Severity.WARNING),
            tuple("model.class", Severity.UNAVAILABLE),
            tuple("dataset.kwargs.handler.kwargs.freq", Severity.UNAVAILABLE),
            tuple("record.2.kwargs.config.strategy.class", Severity.WARNING),
            tuple("record.4.class", Severity.WARNING));
  }

  @Test
  void argumentsOfABackTestAreChecked() {
    Map<String, Object> config = portfolio("<PRD>", 3);
    config.put(
        "backtest",
        Map.of(
            "account",
            Double.NaN,
            "verbose",
            false,
            "end_time",
            "<dataset.kwargs.segments.test.1>",
            "start_time",
            "<dataset.kwargs.segments.test.2>",
            "exchange_kwargs",
            Map.of("open_cost", -1, "close_costs", 0)));
    task.put(
        "record",
        List.of(
            Map.of("class", "SignalRecord", "kwargs", Map.of("model", "<DATASET>")),
            Map.of("class", "PortAnaRecord", "kwargs", Map.of("config", config))));

    assertThat(DefinitionValidator.check(task))
        .filteredOn(Problem::prevents)
        .extracting(Problem::path)
        .map(path -> path.replace("record.1.kwargs.config.", ""))
        .containsExactlyInAnyOrder(
            "record.0.kwargs.model",
            "strategy.kwargs.signal",
            "strategy.kwargs.signal",
            "strategy.kwargs.n_drop",
            "backtest.account",
            "backtest.start_time",
            "backtest.start_time",
            "backtest.verbose",
            "backtest.exchange_kwargs.open_cost",
            "backtest.exchange_kwargs.close_costs");
  }

  private static Map<String, Object> portfolio(String signal, int topk) {
    Map<String, Object> kwargs = Map.of("signal", signal, "topk", topk, "n_drop", 5);
    return new HashMap<>(
        Map.of("strategy", Map.of("class", "TopkDropoutStrategy", "kwargs", kwargs)));
  }

  @Test
  void namesTheKnownClasses() {
    assertThat(DefinitionValidator.knownModels())
        .containsExactly("LGBModel", "LinearModel", "XGBModel");
    assertThat(DefinitionValidator.knownHandlers()).contains("Alpha158", "Alpha360");
    assertThat(DefinitionValidator.knownDatasets()).containsExactly("DatasetH");
    assertThat(DefinitionValidator.knownRecords()).contains("SignalRecord", "SigAnaRecord");
    assertThat(DefinitionValidator.knownProcessors()).contains("RobustZScoreNorm", "Fillna");
  }
}
