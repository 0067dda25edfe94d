package io.windrow.cli.bench;

import io.windrow.cli.client.Accepted;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What people, the console and programs ask of the API: each address that only looks, with its
 * defaults, and the ways in which those with many answers are asked.
 */
final class ApiQuestions {
  /** Longer than any count is shared. */
  private static final Duration ANEW = Duration.ofMillis(2_100);

  private final List<ApiQuestion> all = new ArrayList<>();
  private final ApiClient client;
  private final String coordinator;
  private final String collector;

  private ApiQuestions(ApiClient client, String coordinator, String collector) {
    this.client = client;
    this.coordinator = coordinator + "/api/v1";
    this.collector = collector + "/api/v1";
  }

  /**
   * The questions.
   *
   * @param coordinator its address
   * @param collector its address
   * @param tasks a submission of many tasks of which some have recorders
   * @param other another one
   * @param predictions one of which all tasks are done and have predictions
   */
  static List<ApiQuestion> of(
      ApiClient client,
      String coordinator,
      String collector,
      Accepted tasks,
      Accepted other,
      Accepted predictions) {
    ApiQuestions questions = new ApiQuestions(client, coordinator, collector);
    questions.tasks(tasks);
    questions.submissions(tasks, other);
    questions.pools(tasks);
    questions.cluster();
    questions.experiments(tasks, predictions);
    questions.collections(predictions);
    return List.copyOf(questions.all);
  }

  private void tasks(Accepted tasks) {
    String page = "/tasks?limit=1000";
    String next = client.get(coordinator + page).next();
    String ofPool = "/tasks?pool=" + tasks.pool();
    ask("/tasks");
    ask("/tasks?cursor", "/tasks?cursor=" + next);
    ask("/tasks?limit=100", "/tasks?limit=100");
    ask("/tasks?pool", ofPool);
    ask("/tasks?pool&fields=id,state", ofPool + "&fields=id,state");
    ask("/tasks?pool&fields=definition", ofPool + "&limit=100&fields=id,definition");
    for (String state : List.of("done", "failed", "running", "waiting")) {
      ask("/tasks?pool&state=" + state, ofPool + "&state=" + state);
    }
    ask("/tasks?state=failed", "/tasks?state=failed");
    ask("/tasks?submission", "/tasks?submission=" + tasks.submission());
    for (String sort : List.of("-seq", "priority", "-createdAt", "-updatedAt", "id")) {
      ask("/tasks?pool&sort=" + sort, ofPool + "&limit=100&sort=" + sort);
      ask("/tasks?sort=" + sort, "/tasks?limit=100&sort=" + sort);
    }
    filter("model.class=LGBModel, segments.test>=2017", ofPool);
    filter("metrics.IC>0.05", ofPool);
    filter("model.kwargs.learning_rate=0.0001", ofPool);
    filter("experiment=" + tasks.experiment(), "/tasks?");
    filter("submission=" + tasks.submission(), "/tasks?");
    filter("model.class=LinearModel", "/tasks?");
    String done = id("/tasks?limit=1&state=done&pool=" + tasks.pool());
    String failed = id("/tasks?limit=1&state=failed&pool=" + tasks.pool());
    ask("/tasks/{done}", "/tasks/" + done);
    ask("/tasks/{failed}", "/tasks/" + failed);
    ask("/tasks/{id}?fields=definition", "/tasks/" + done + "?fields=definition");
    ask("/tasks/{id}/logs", "/tasks/" + failed + "/logs");
    ask("/tasks/stat");
    ask("/tasks/stat?pool", "/tasks/stat?pool=" + tasks.pool());
    ask(
        "/tasks/stat?pool&filter=metrics.IC>0.05",
        "/tasks/stat?pool=" + tasks.pool() + "&filter=" + escaped("metrics.IC>0.05"));
    all.add(
        ApiQuestion.of(
                "GET /tasks/events?pool, first", coordinator + "/tasks/events?pool=" + tasks.pool())
            .firstEvent());
  }

  private void submissions(Accepted tasks, Accepted other) {
    ask("/submissions");
    ask("/submissions?limit=5", "/submissions?limit=5");
    ask("/submissions/{id}", "/submissions/" + tasks.submission());
    ask(
        "/submissions/{id}/diff?against",
        "/submissions/" + tasks.submission() + "/diff?against=" + other.submission());
  }

  private void pools(Accepted tasks) {
    String pool = "/pools/" + tasks.pool();
    ask("/pools");
    all.add(ApiQuestion.of("GET /pools", coordinator + "/pools").anew(ANEW));
    ask("/pools/{name}", pool);
    ask("/pools/{name}/windows", pool + "/windows");
    ask(
        "/pools/{name}/windows?cursor",
        pool + "/windows?cursor=" + client.get(coordinator + pool + "/windows").next());
    ask("/pools/{name}/limit", pool + "/limit");
    ask("/pools/{name}/retention", pool + "/retention");
    ask("/queues");
    all.add(ApiQuestion.of("GET /queues", coordinator + "/queues").anew(ANEW));
    ask("/queues/{name}", "/queues/default");
    ask("/queues/{name}/limit", "/queues/default/limit");
  }

  private void cluster() {
    ask("/workers");
    ask("/workers/{id}", "/workers/" + ApiContent.WORKER);
    ask("/throughput");
    ask("/diagnosis");
    all.add(ApiQuestion.of("GET /diagnosis", coordinator + "/diagnosis").anew(ANEW));
    ask("/dead-letters");
    ask("/audit");
    ask("/tokens");
    results("/version", "/version");
    ask("/openapi.json");
    all.add(ApiQuestion.of("GET /events, first", coordinator + "/events").firstEvent());
  }

  private void experiments(Accepted tasks, Accepted predictions) {
    String experiment = "/experiments/" + tasks.experiment();
    String recorders = experiment + "/recorders";
    results("/experiments", "/experiments");
    results("/experiments/{name}", experiment);
    results("/experiments/{name}/recorders", recorders);
    results("/experiments/{name}/recorders?limit=1000", recorders + "?limit=1000");
    results("/experiments/{name}/recorders?status", recorders + "?status=finished");
    results(
        "/experiments/{name}/recorders?param",
        recorders + "?param=model.kwargs.learning_rate%3D1.0E-4");
    results("/experiments/{name}/recorders?name", recorders + "?name=none");
    results("/experiments/{name}/recorders?tag", recorders + "?tag=host%3Dbench");
    results(
        "/experiments/{name}/recorders?cursor",
        recorders + "?cursor=" + client.get(collector + recorders).json().get("next").asString());
    String recorder =
        client
            .get(collector + "/experiments/" + predictions.experiment() + "/recorders?limit=1")
            .json()
            .get("recorders")
            .get(0)
            .get("id")
            .asString();
    results(
        "/experiments/{name}/recorders/{id}",
        "/experiments/" + predictions.experiment() + "/recorders/" + recorder);
    results("/recorders/{id}", "/recorders/" + recorder);
    results("/recorders/{id}/metrics/{metric}", "/recorders/" + recorder + "/metrics/l2.valid");
    results("/recorders/{id}/artifacts", "/recorders/" + recorder + "/artifacts");
    results("/recorders/{id}/artifacts/{path}", "/recorders/" + recorder + "/artifacts/pred.arrow");
  }

  private void collections(Accepted predictions) {
    String collection = "/collections/" + predictions.submission();
    results("/collections/{submission}", collection);
    for (String series : List.of("pred", "label", "ic", "quantiles")) {
      results("/collections/{submission}/groups/0/" + series, collection + "/groups/0/" + series);
    }
  }

  private void filter(String filter, String address) {
    String what = address.startsWith("/tasks?pool") ? "/tasks?pool&filter=" : "/tasks?filter=";
    ask(what + filter.replaceAll("[0-9a-f]{64}", "{id}"), address + "&filter=" + escaped(filter));
  }

  private String id(String address) {
    return client.get(coordinator + address).json().get(0).get("id").asString();
  }

  private void ask(String address) {
    ask(address, address);
  }

  private void ask(String name, String address) {
    all.add(ApiQuestion.of("GET " + name, coordinator + address));
  }

  private void results(String name, String address) {
    all.add(ApiQuestion.of("GET " + name, collector + address));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
