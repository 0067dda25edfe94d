package io.windrow.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.cli.client.RecorderView;
import io.windrow.cli.experiment.MlflowFolder.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layout is what MLflow 3 writes itself, and {@code mlflow.search_runs} read it. */
class MlflowFolderTest {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00.123Z");

  @TempDir Path root;
  private MlflowFolder folder;

  @BeforeEach
  void make() {
    folder = new MlflowFolder(root.resolve(".unfinished"), Path.of("/mlruns/42"));
  }

  @Test
  void anExperimentHasItsMeta() throws IOException {
    folder.experiment("my: \"exp\"", START);

    assertThat(lines("meta.yaml"))
        .containsExactly(
            "artifact_location: \"file:///mlruns/42\"",
            "creation_time: 1767603600123",
            "experiment_id: \"42\"",
            "last_update_time: 1767603600123",
            "lifecycle_stage: \"active\"",
            "name: \"my: \\\"exp\\\"\"");
  }

  @Test
  void aRecorderIsARun() throws IOException {
    folder.run(
        recorder(
            Map.of("model.class", "LGBModel", "two", "a\nb"),
            Map.of("host", "a"),
            START.plusSeconds(60)),
        Map.of(
            "Rank IC", List.of(new Value(0, 0.05)),
            "l2.valid", List.of(new Value(8, 0.5), new Value(9, null))));

    assertThat(lines("r-1/meta.yaml"))
        .contains(
            "artifact_uri: \"file:///mlruns/42/r-1/artifacts\"",
            "start_time: 1767603600123",
            "end_time: 1767603660123",
            "experiment_id: \"42\"",
            "run_id: \"r-1\"",
            "run_name: \"name\"",
            "status: 3");
    assertThat(lines("r-1/params/model.class")).containsExactly("LGBModel");
    assertThat(lines("r-1/params/two")).containsExactly("a b");
    assertThat(lines("r-1/metrics/Rank IC")).containsExactly("1767603600123 0.05 0");
    assertThat(lines("r-1/metrics/l2.valid"))
        .containsExactly("1767603600123 0.5 8", "1767603600123 nan 9");
    assertThat(lines("r-1/tags/host")).containsExactly("a");
    assertThat(lines("r-1/tags/mlflow.runName")).containsExactly("name");
    assertThat(lines("r-1/tags/windrow.task")).containsExactly("t1");
    assertThat(root.resolve(".unfinished/r-1/artifacts")).isEmptyDirectory();
  }

  @Test
  void aRunningOneHasNoEnd() throws IOException {
    folder.run(recorder(Map.of(), Map.of(), null), Map.of());

    assertThat(lines("r-1/meta.yaml")).contains("end_time: null");
  }

  @Test
  void noNameLeavesTheFolderOrTakesAnothersPlace() throws IOException {
    folder.run(
        recorder(Map.of("../../x", "1", "a/b", "2", "a_b", "3", "..", "4"), Map.of(), START),
        Map.of());

    try (Stream<Path> files = Files.list(root.resolve(".unfinished/r-1/params"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("_.._.._x", "a_b", "a_b_2", "_..");
    }
    assertThat(lines("r-1/params/a_b")).containsExactly("2");
    assertThat(folder.artifact("r-1", "sig_analysis/ic.arrow"))
        .isEqualTo(root.resolve(".unfinished/r-1/artifacts/sig_analysis/ic.arrow"));
    assertThatThrownBy(() -> folder.artifact("r-1", "../meta.yaml"))
        .isInstanceOf(IOException.class);
  }

  private static RecorderView recorder(
      Map<String, String> params, Map<String, String> tags, Instant end) {
    return new RecorderView(
        "r-1", "name", "exp", "t1", "finished", params, tags, Map.of(), START, end);
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(root.resolve(".unfinished").resolve(file));
  }
}
