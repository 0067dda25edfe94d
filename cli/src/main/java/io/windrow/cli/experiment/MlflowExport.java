package io.windrow.cli.experiment;

import io.windrow.cli.client.ExperimentClient;
import io.windrow.cli.client.ExperimentView;
import io.windrow.cli.client.RecorderView;
import io.windrow.cli.experiment.MlflowFolder.Value;
import io.windrow.cli.terminal.TemporaryFolder;
import io.windrow.cli.terminal.UserError;
import io.windrow.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Copies an experiment into a folder that MLflow's file store reads, whole or not at all. */
final class MlflowExport {
  private static final int HEX_DIGITS = 15;

  private final ExperimentClient client;

  MlflowExport(ExperimentClient client) {
    this.client = client;
  }

  /**
   * What was written.
   *
   * @param experiment its name
   * @param folder of the experiment
   * @param runs how many recorders
   * @param artifacts how many files they have
   * @param bytes of the artifacts
   */
  record Exported(String experiment, String folder, int runs, int artifacts, long bytes) {}

  /**
   * Exports an experiment.
   *
   * @param out MLflow's folder of experiments, made if need be; others may be in it
   */
  Exported export(String name, Path out) {
    ExperimentView experiment = client.experiment(name);
    Path place = out.toAbsolutePath().normalize().resolve(id(name));
    if (Files.exists(place)) {
      throw new UserError(
          "the experiment "
              + name
              + " is in "
              + place
              + " already: delete it or choose another --out");
    }
    Path unfinished = place.resolveSibling(".unfinished-" + place.getFileName());
    try {
      delete(unfinished);
      Exported exported = write(experiment, new MlflowFolder(unfinished, place), place);
      Files.move(unfinished, place);
      return exported;
    } catch (IOException e) {
      throw new UserError("cannot write " + place + ": " + e + "; choose another --out");
    } finally {
      delete(unfinished);
    }
  }

  private Exported write(ExperimentView experiment, MlflowFolder folder, Path place)
      throws IOException {
    List<RecorderView> recorders = client.recorders(experiment.name(), List.of(), 0);
    Instant first =
        recorders.stream()
            .map(RecorderView::startedAt)
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    folder.experiment(experiment.name(), first);
    int count = 0;
    long bytes = 0;
    for (RecorderView recorder : recorders) {
      folder.run(recorder, metrics(recorder));
      for (RecorderView.Artifact artifact : client.artifacts(recorder.id())) {
        client.artifact(
            recorder.id(), artifact.path(), folder.artifact(recorder.id(), artifact.path()));
        count++;
        bytes += artifact.length();
      }
    }
    return new Exported(experiment.name(), place.toString(), recorders.size(), count, bytes);
  }

  private Map<String, List<Value>> metrics(RecorderView recorder) {
    Map<String, List<Value>> metrics = new TreeMap<>();
    for (String metric : recorder.metrics().keySet()) {
      List<Value> values = new ArrayList<>();
      client
          .history(recorder.id(), metric)
          .forEach(point -> values.add(new Value(point.step(), point.value())));
      metrics.put(metric, values);
    }
    return metrics;
  }

  /** The same for every export of the name; MLflow's own ids are such numbers. */
  private static String id(String name) {
    return Long.toString(Long.parseLong(TaskId.hash(name).substring(0, HEX_DIGITS), 16));
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      TemporaryFolder.delete(folder);
    } catch (IOException e) {
      throw new UserError("cannot delete " + folder + ": " + e.getMessage());
    }
  }
}
