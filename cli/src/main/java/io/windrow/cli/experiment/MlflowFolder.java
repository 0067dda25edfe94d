package io.windrow.cli.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.cli.client.RecorderView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of one experiment as MLflow's file store has it:
 *
 * <pre>
 * EXPERIMENT/meta.yaml
 * EXPERIMENT/RUN/meta.yaml, params/NAME, metrics/NAME, tags/NAME, artifacts/PATH
 * </pre>
 *
 * A metric is a file of lines {@code timestamp value step}. MLflow finds artifacts by an absolute
 * address, so the folder is made for the place where it will lie.
 */
final class MlflowFolder {
  private static final String META = "meta.yaml";

  /** Names are files here, and MLflow takes no other characters. */
  private static final Pattern FOREIGN = Pattern.compile("[^A-Za-z0-9_.\\- :]");

  private static final int LONGEST_NAME = 200;

  /** MLflow's numbers of its run statuses. */
  private static final Map<String, Integer> STATUSES =
      Map.of("running", 1, "scheduled", 2, "finished", 3, "failed", 4);

  /** MLflow's number of a source that is none of its own kinds. */
  private static final int SOURCE_LOCAL = 4;

  private final Path folder;
  private final Path place;

  /**
   * @param folder where it is written
   * @param place where it will lie
   */
  MlflowFolder(Path folder, Path place) {
    this.folder = folder;
    this.place = place;
  }

  /**
   * One value of a metric.
   *
   * @param step round, or 0
   * @param value null for what is not a number
   */
  record Value(int step, @Nullable Double value) {}

  /** Writes what belongs to the experiment itself. */
  void experiment(String name, Instant created) throws IOException {
    Map<String, Object> meta = new TreeMap<>();
    meta.put("artifact_location", uri(place));
    meta.put("creation_time", created.toEpochMilli());
    meta.put("experiment_id", place.getFileName().toString());
    meta.put("last_update_time", created.toEpochMilli());
    meta.put("lifecycle_stage", "active");
    meta.put("name", name);
    write(folder.resolve(META), yaml(meta));
  }

  /** Writes a recorder as a run, without its artifacts. */
  void run(RecorderView recorder, Map<String, List<Value>> metrics) throws IOException {
    Map<String, Object> meta = new TreeMap<>();
    meta.put("artifact_uri", uri(place.resolve(recorder.id()).resolve("artifacts")));
    meta.put("end_time", recorder.endedAt() == null ? null : recorder.endedAt().toEpochMilli());
    meta.put("entry_point_name", "");
    meta.put("experiment_id", place.getFileName().toString());
    meta.put("lifecycle_stage", "active");
    meta.put("run_id", recorder.id());
    meta.put("run_name", recorder.name());
    meta.put("run_uuid", recorder.id());
    meta.put("source_name", "");
    meta.put("source_type", SOURCE_LOCAL);
    meta.put("source_version", "");
    meta.put("start_time", recorder.startedAt().toEpochMilli());
    meta.put("status", STATUSES.getOrDefault(recorder.status(), STATUSES.get("running")));
    meta.put("tags", List.of());
    meta.put("user_id", "windrow");
    Path run = folder.resolve(recorder.id());
    write(run.resolve(META), yaml(meta));
    Files.createDirectories(run.resolve("artifacts"));
    // MLflow reads a parameter of one line only.
    Map<String, String> params = new TreeMap<>();
    recorder.params().forEach((name, value) -> params.put(name, value.replaceAll("\\R", " ")));
    files(run.resolve("params"), params);
    Map<String, String> tags = new TreeMap<>(recorder.tags());
    tags.put("mlflow.runName", recorder.name());
    tags.put("mlflow.user", "windrow");
    if (recorder.task() != null) {
      tags.put("windrow.task", recorder.task());
    }
    files(run.resolve("tags"), tags);
    Map<String, String> lines = new TreeMap<>();
    long at = recorder.startedAt().toEpochMilli();
    metrics.forEach((name, values) -> lines.put(name, lines(at, values)));
    files(run.resolve("metrics"), lines);
  }

  /** Where an artifact is to be written; its folder is made. */
  Path artifact(String recorder, String path) throws IOException {
    Path artifacts = folder.resolve(recorder).resolve("artifacts");
    Path file = artifacts.resolve(path).normalize();
    if (!file.startsWith(artifacts) || file.equals(artifacts)) {
      throw new IOException("the artifact '" + path + "' would lie outside of the folder");
    }
    Files.createDirectories(file.getParent());
    return file;
  }

  private static String lines(long at, List<Value> values) {
    StringBuilder lines = new StringBuilder();
    for (Value value : values) {
      String number = value.value() == null ? "nan" : value.value().toString();
      lines.append(at).append(' ').append(number).append(' ').append(value.step()).append('\n');
    }
    return lines.toString();
  }

  /** A file for each name; where two names come to the same, the later gets a number. */
  private static void files(Path folder, Map<String, String> values) throws IOException {
    Files.createDirectories(folder);
    Map<String, String> byFile = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          String plain = FOREIGN.matcher(name).replaceAll("_");
          plain = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
          String base = plain.isBlank() || plain.startsWith(".") ? "_" + plain : plain;
          String file = base;
          for (int i = 2; byFile.containsKey(file); i++) {
            file = base + "_" + i;
          }
          byFile.put(file, value);
        });
    for (Map.Entry<String, String> entry : byFile.entrySet()) {
      write(folder.resolve(entry.getKey()), entry.getValue());
    }
  }

  /** JSON values are YAML. */
  private static String yaml(Map<String, Object> values) {
    StringBuilder yaml = new StringBuilder();
    values.forEach(
        (key, value) ->
            yaml.append(key)
                .append(": ")
                .append(JsonMapper.shared().writeValueAsString(value))
                .append('\n'));
    return yaml.toString();
  }

  /** Without the slash at the end that folders get once they are there. */
  private static String uri(Path path) {
    String uri = path.toAbsolutePath().normalize().toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
  }
}
