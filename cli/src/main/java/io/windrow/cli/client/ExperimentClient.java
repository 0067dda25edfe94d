package io.windrow.cli.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The collector's experiments and recorders. Every call throws {@code UserError}. */
public final class ExperimentClient {
  private static final String EXPERIMENTS = "/api/v1/experiments";
  private static final int PAGE = 500;

  private final Service service;

  /** A client of the collector there. */
  public ExperimentClient(Endpoint endpoint) {
    this.service = new Service(endpoint);
  }

  /** All experiments, by name. */
  public List<ExperimentView> experiments() {
    List<ExperimentView> all = new ArrayList<>();
    String after = "";
    while (after != null) {
      ExperimentView.Page page =
          service.get(
              EXPERIMENTS + "?limit=" + PAGE + "&after=" + Service.escape(after),
              ExperimentView.Page.class);
      all.addAll(page.experiments());
      after = page.next();
    }
    return all;
  }

  /** One experiment. */
  public ExperimentView experiment(String name) {
    return service.get(experimentPath(name), ExperimentView.class);
  }

  /** Deletes an experiment with all it has. */
  public void deleteExperiment(String name, boolean force) {
    service.delete(experimentPath(name) + "?force=" + force);
  }

  /**
   * Recorders of an experiment, newest first.
   *
   * @param filters {@code status}, {@code name}, {@code task}, {@code param}, {@code tag}
   * @param limit at most so many; 0 for all
   */
  public List<RecorderView> recorders(
      String experiment, List<Map.Entry<String, String>> filters, int limit) {
    StringBuilder query = new StringBuilder();
    filters.forEach(
        filter ->
            query
                .append('&')
                .append(filter.getKey())
                .append('=')
                .append(Service.escape(filter.getValue())));
    List<RecorderView> all = new ArrayList<>();
    String next = null;
    do {
      int size = limit == 0 ? PAGE : Math.min(PAGE, limit - all.size());
      RecorderView.Page page = page(experiment, query.toString(), size, next);
      all.addAll(page.recorders());
      next = page.next();
    } while (next != null && (limit == 0 || all.size() < limit));
    return all;
  }

  /** One recorder. */
  public RecorderView recorder(String id) {
    return service.get(recorderPath(id), RecorderView.class);
  }

  /** A recorder of an experiment by its id, else the latest of that name. */
  public RecorderView recorder(String experiment, String idOrName) {
    return service.get(
        experimentPath(experiment) + "/recorders/" + Service.escape(idOrName), RecorderView.class);
  }

  /** All values of a metric, by step. */
  public List<RecorderView.Point> history(String id, String metric) {
    return List.of(
        service.get(
            recorderPath(id) + "/metrics/" + Service.escape(metric), RecorderView.Point[].class));
  }

  /** Its artifacts, by path. */
  public List<RecorderView.Artifact> artifacts(String id) {
    return List.of(service.get(recorderPath(id) + "/artifacts", RecorderView.Artifact[].class));
  }

  /**
   * Writes an artifact to a file, in place of what is there.
   *
   * @throws IOException if the file cannot be written
   */
  public void artifact(String id, String path, Path file) throws IOException {
    service.download(
        recorderPath(id) + "/artifacts/" + Service.escape(path).replace("%2F", "/"),
        "application/octet-stream",
        file);
  }

  /** Deletes a recorder with all it has. */
  public void deleteRecorder(String id, boolean force) {
    service.delete(recorderPath(id) + "?force=" + force);
  }

  private RecorderView.Page page(
      String experiment, String filters, int size, @Nullable String after) {
    return service.get(
        experimentPath(experiment)
            + "/recorders?limit="
            + size
            + filters
            + (after == null ? "" : "&after=" + Service.escape(after)),
        RecorderView.Page.class);
  }

  private static String experimentPath(String name) {
    return EXPERIMENTS + "/" + Service.escape(name);
  }

  private static String recorderPath(String id) {
    return "/api/v1/recorders/" + Service.escape(id);
  }
}
