package io.windrow.cli.bench;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.definition.Section;
import io.windrow.quant.model.Model;
import io.windrow.quant.model.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The task that {@link ModelBenchmark} runs: Qlib's benchmark files for Alpha158. */
final class ModelBenchTask {

  /** Trading days of the segments; less of each if the data has less. */
  private static final double[] DAYS = {1763, 504, 901};

  private static final Map<String, Map<String, Object>> MODELS =
      Map.of(
          "LGBModel",
          Map.of(
              "loss", "mse",
              "learning_rate", 0.2,
              "colsample_bytree", 0.8879,
              "subsample", 0.8789,
              "lambda_l1", 205.6999,
              "lambda_l2", 580.9768,
              "max_depth", 8,
              "num_leaves", 210),
          "XGBModel",
          Map.of(
              "eval_metric", "rmse",
              "eta", 0.0421,
              "colsample_bytree", 0.8879,
              "subsample", 0.8789,
              "max_depth", 8));

  private ModelBenchTask() {}

  /** The models that can be measured. */
  static List<String> models() {
    return MODELS.keySet().stream().sorted().toList();
  }

  /** That model, to be trained for one round. */
  static Model oneRound(String model) {
    Map<String, Object> kwargs = new HashMap<>(MODELS.get(model));
    kwargs.put("num_boost_round", 1);
    return Models.read(Section.root(Map.of("class", model, "kwargs", kwargs), new ArrayList<>()))
        .orElseThrow();
  }

  static Map<String, Object> definition(DataStore data, Path folder, String model) {
    TradingCalendar calendar = data.calendar();
    double scale = Math.min(1, calendar.size() / (DAYS[0] + DAYS[1] + DAYS[2]));
    int train = (int) (DAYS[0] * scale);
    int valid = train + (int) (DAYS[1] * scale);
    int test = valid + (int) (DAYS[2] * scale);
    String first = calendar.first().toString();
    String lastTrain = calendar.day(train - 1).toString();
    Map<String, Object> features = Map.of("fields_group", "feature");
    Map<String, Object> handler =
        Map.of(
            "start_time",
            first,
            "end_time",
            calendar.day(test - 1).toString(),
            "fit_start_time",
            first,
            "fit_end_time",
            lastTrain,
            "instruments",
            "all",
            "infer_processors",
            List.of(
                Map.of("class", "RobustZScoreNorm", "kwargs", features),
                Map.of("class", "Fillna", "kwargs", features)),
            "learn_processors",
            List.of(
                "DropnaLabel",
                Map.of("class", "CSZScoreNorm", "kwargs", Map.of("fields_group", "label"))));
    Map<String, Object> segments =
        Map.of(
            "train", List.of(first, lastTrain),
            "valid", List.of(calendar.day(train).toString(), calendar.day(valid - 1).toString()),
            "test", List.of(calendar.day(valid).toString(), calendar.day(test - 1).toString()));
    return Map.of(
        "qlib_init", Map.of("provider_uri", folder.toString(), "region", "us"),
        "model", Map.of("class", model, "kwargs", MODELS.get(model)),
        "dataset",
            Map.of(
                "class",
                "DatasetH",
                "kwargs",
                Map.of(
                    "handler",
                    Map.of("class", "Alpha158", "kwargs", handler),
                    "segments",
                    segments)),
        "record", List.of("SignalRecord", "SigAnaRecord"));
  }
}
