package io.windrow.quant.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.Us100;
import io.windrow.quant.reference.ArtifactSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole runs on real bars with other handlers than Alpha158. */
class HandlerRunIT {

  private static final Map<String, Object> FIT =
      Map.of("fit_start_time", "2016-01-01", "fit_end_time", "2016-12-31");
  private static final List<String> SYMBOLS = List.of("AAPL", "BAC", "C", "INTC", "PNC", "WFC");

  @Test
  void alpha360IsTrainedAndPredicted() throws IOException {
    RecordedRun run = run("Alpha360", FIT);

    assertThat(run.metrics).containsKeys("l2.valid", "IC", "Rank IC");
    assertThat(model(run)).contains("CLOSE59 ").contains(" VOLUME0");
  }

  @Test
  void aHandlerOfOnesOwnIsTrainedAndPredictedOnWhatItsProcessorsLeave() throws IOException {
    Map<String, Object> fitted = new HashMap<>(FIT);
    fitted.put("fields_group", "feature");
    Map<String, Object> config =
        Map.of(
            "feature",
            List.of("$close/Ref($close, 5)-1", "Mean($volume, 5)/$volume", "$high/$low", "$open"),
            "label",
            List.of(List.of("Ref($close, -2)/Ref($close, -1) - 1"), List.of("NEXT")));

    RecordedRun run =
        run(
            "DataHandlerLP",
            Map.of(
                "data_loader",
                Map.of("class", "QlibDataLoader", "kwargs", Map.of("config", config)),
                "shared_processors",
                List.of(Map.of("class", "DropCol", "kwargs", Map.of("col_list", List.of("$open")))),
                "infer_processors",
                List.of(Map.of("class", "RobustZScoreNorm", "kwargs", fitted)),
                "learn_processors",
                List.of("DropnaLabel"),
                "process_type",
                "append"));

    assertThat(run.metrics).containsKeys("l2.valid", "IC", "Rank IC");
    assertThat(model(run)).contains("max_feature_idx=2").doesNotContain("Column_3");
  }

  private static RecordedRun run(String handler, Map<String, Object> kwargs) throws IOException {
    Us100.data();
    Path folder = Path.of("target", "us100").toRealPath();
    Map<String, Object> task =
        Definitions.task(
            folder.toString(),
            Definitions.model(
                "LGBModel", "gbdt", Map.of("num_leaves", 8, "num_boost_round", 5, "seed", 1)));
    Map<String, Object> arguments = new HashMap<>(kwargs);
    arguments.put("instruments", SYMBOLS);
    arguments.put("start_time", "2016-01-01");
    arguments.put("end_time", "2017-12-29");
    Map<String, Object> dataset = Definitions.at(task, "dataset", "kwargs");
    dataset.put("handler", Map.of("class", handler, "kwargs", arguments));
    dataset.put(
        "segments",
        Map.of(
            "train", List.of("2016-01-01", "2016-12-31"),
            "valid", List.of("2017-01-01", "2017-06-30"),
            "test", List.of("2017-07-01", "2017-12-29")));
    RecordedRun run = new RecordedRun();
    new ResearchEngine(new EngineSettings(2, 1L << 30, List.of(folder.getParent())))
        .run(task, ArtifactSource.NONE, run, () -> false);
    return run;
  }

  private static String model(RecordedRun run) {
    return run.artifacts.entrySet().stream()
        .filter(artifact -> artifact.getKey().startsWith("model"))
        .map(artifact -> new String(artifact.getValue(), StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
