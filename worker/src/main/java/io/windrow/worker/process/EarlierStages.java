package io.windrow.worker.process;

import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.ArtifactStore.Artifact;
import io.windrow.worker.execute.Work.Earlier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lays what earlier stages have made into a command's work folder: {@code stages/NAME/PATH}. */
final class EarlierStages {
  private static final String FOLDER = "stages";
  private static final String PREDICTIONS = "pred.arrow";
  private static final Duration TIME_OUT = Duration.ofMinutes(5);

  private final ArtifactStore artifacts;

  EarlierStages(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  /** The stages as the task on the standard input tells of them. */
  static List<Map<String, Object>> describe(List<Earlier> stages) {
    return stages.stream()
        .map(
            stage -> {
              Map<String, Object> told = new LinkedHashMap<>();
              told.put("name", stage.name());
              told.put("recorder", stage.recorder());
              told.put("metrics", stage.metrics());
              told.put("folder", folder(stage));
              return told;
            })
        .toList();
  }

  /**
   * Copies the artifacts.
   *
   * @return whether predictions are among them
   * @throws CommandRefused if they are larger than the command's limits allow
   */
  boolean lay(List<Earlier> stages, WorkFolder folder, Limits limits) throws IOException {
    long left = limits.artifacts().toBytes();
    boolean predicted = false;
    for (Earlier stage : stages) {
      for (Artifact artifact : list(stage)) {
        left -= artifact.length();
        if (left < 0) {
          throw new CommandRefused(
              "the artifacts of earlier stages have more than "
                  + limits.artifacts()
                  + ": raise limits.artifacts of the command");
        }
        Path file = folder.newFile(folder(stage), artifact.path());
        artifacts
            .open(stage.recorder(), artifact.path())
            .flatMap(content -> content.writeTo(file))
            .block(TIME_OUT);
        predicted |= artifact.path().equals(PREDICTIONS);
      }
    }
    return predicted;
  }

  private List<Artifact> list(Earlier stage) {
    return Objects.requireNonNull(
        artifacts
            .list(stage.recorder())
            .filter(artifact -> artifact.recorder().equals(stage.recorder()))
            .collectList()
            .block(TIME_OUT));
  }

  private static String folder(Earlier stage) {
    return FOLDER + "/" + stage.name();
  }
}
