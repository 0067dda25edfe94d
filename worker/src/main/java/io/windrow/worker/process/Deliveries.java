package io.windrow.worker.process;

import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.definition.DateRange;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import io.windrow.quant.run.RunRecorder;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a command's artifacts in. Predictions and labels are checked and stored in the form that
 * the collector reads; of both together IC and Rank IC are computed, as for any other task.
 */
final class Deliveries {
  /** Windrow writes these itself. */
  private static final Set<String> RESERVED =
      Set.of("task.json", ProcessExecutor.LOG, "sig_analysis/ic.arrow");

  private final WorkFolder folder;
  private final Limits limits;
  private final DateRange test;
  private final RunRecorder recorder;
  private final Set<String> names = new HashSet<>();
  private long total;
  private @Nullable ScoreSeries predictions;
  private @Nullable ScoreSeries labels;

  /**
   * @param test the days that predictions and labels may have
   */
  Deliveries(WorkFolder folder, Limits limits, DateRange test, RunRecorder recorder) {
    this.folder = folder;
    this.limits = limits;
    this.test = test;
    this.recorder = recorder;
  }

  /**
   * Stores a file of the work folder.
   *
   * @throws ProtocolException if its name, size or content is refused
   */
  void take(Event.Artifact artifact) throws IOException {
    String name = artifact.name();
    if (!WorkFolder.isName(name) || RESERVED.contains(name)) {
      throw new ProtocolException(
          "an artifact cannot be named '"
              + name
              + "': use a relative path other than "
              + String.join(", ", RESERVED.stream().sorted().toList()));
    }
    if (!names.add(name) && isScores(name)) {
      throw new ProtocolException("'" + name + "' was handed over before");
    }
    if (names.size() > limits.artifactCount()) {
      throw new ProtocolException(
          "more than " + limits.artifactCount() + " artifacts: limits.artifact-count");
    }
    long left = limits.artifacts().toBytes() - total;
    WorkFolder.Delivered file =
        folder.file(artifact.path(), Math.min(left, limits.artifact().toBytes()));
    total += file.length();
    switch (name) {
      case "pred.csv" -> predictions(ScoreFile.csv(name, file.bytes(), "score", false, test));
      case "pred.arrow" -> predictions(ScoreFile.arrow(name, file.bytes(), "score", false, test));
      case "label.csv" -> labels(ScoreFile.csv(name, file.bytes(), "LABEL0", true, test));
      case "label.arrow" -> labels(ScoreFile.arrow(name, file.bytes(), "LABEL0", true, test));
      default -> recorder.artifact(name, file.path(), file.length());
    }
  }

  /** Whether predictions were handed over. */
  boolean predicted() {
    return predictions != null;
  }

  /** IC and Rank IC, if there are predictions and labels; a value that does not exist is absent. */
  Map<String, Double> analyse() {
    if (predictions == null || labels == null) {
      return Map.of();
    }
    SignalAnalysis analysis = SignalAnalysis.of(predictions, labels);
    recorder.artifact("sig_analysis/ic.arrow", ArrowTables.write(analysis, Map.of()));
    Map<String, Double> metrics = new LinkedHashMap<>(analysis.summary());
    metrics.values().removeIf(value -> !Double.isFinite(value));
    return metrics;
  }

  private static boolean isScores(String name) {
    return name.matches("(pred|label)\\.(csv|arrow)");
  }

  private void predictions(ScoreSeries series) {
    if (predictions != null) {
      throw new ProtocolException("predictions were handed over twice, as CSV and as Arrow");
    }
    predictions = series;
    recorder.artifact("pred.arrow", ArrowTables.write(new ScoreTable("score", series)));
  }

  private void labels(ScoreSeries series) {
    if (labels != null) {
      throw new ProtocolException("labels were handed over twice, as CSV and as Arrow");
    }
    labels = series;
    recorder.artifact("label.arrow", ArrowTables.write(new ScoreTable("LABEL0", series)));
  }
}
