package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.coordinator.Api.Answer;
import io.windrow.coordinator.workflow.WorkflowText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API of tasks over HTTP, between a real broker and a real store. Each test has a pool. */
class TaskApiIT {
  private static final int WINDOWS = 22;

  @TempDir static Path folder;
  private static RunningCoordinator coordinator;
  private static Api api;

  @BeforeAll
  static void start() {
    coordinator = RunningCoordinator.start(folder);
    api = coordinator.api();
  }

  @AfterAll
  static void stop() {
    coordinator.close();
  }

  @Test
  void a_misspelled_key_changes_nothing() {
    submit("typo");

    Answer answer = post("prioritize", "{'pool': 'typo', 'filtr': 'seq=1', 'priority': 77}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").asString())
        .contains("'filtr' is not known here", "did you mean 'filter'?");
    assertThat(query("typo", "priority=77").json()).isEmpty();
  }

  private static String workflow(String name) {
    String file = WorkflowText.with("step: 550", "step: 42");
    file = WorkflowText.replace(file, "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name);
  }

  /** Submits a workflow and waits until the dispatcher has announced all of it. */
  private static void submit(String name) {
    assertThat(api.submit(workflow(name)).status()).isEqualTo(201);
    awaitAnnounced(name);
  }

  private static void awaitAnnounced(String name) {
    await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> stat(name).get("counts").get("waiting").asInt() == 0);
  }

  private static JsonNode stat(String pool) {
    return api.get("/api/v1/tasks/stat?pool=" + pool).json();
  }

  private static Answer query(String pool, String filter) {
    return api.get("/api/v1/tasks?pool=" + pool + "&filter=" + escape(filter));
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Answer post(String path, String json) {
    return api.post("/api/v1/tasks/" + path, "application/json", json.replace('\'', '"'));
  }

  private static Answer problem(int status, Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.type()).startsWith("application/problem+json");
    return answer;
  }

  @Test
  void a_dry_run_lists_what_would_be_new_and_stores_nothing() {
    Answer dry = api.post("/api/v1/submissions?dryRun=true", "application/yaml", workflow("dry"));
    assertThat(dry.json().get("newTasks").size()).isEqualTo(WINDOWS);
    problem(404, api.get("/api/v1/pools/dry"));

    submit("dry");

    Answer again = api.post("/api/v1/submissions?dryRun=true", "application/yaml", workflow("dry"));
    assertThat(again.json().get("newTasks").size()).isZero();
    assertThat(again.json().get("tasks").asInt()).isEqualTo(WINDOWS);
    Answer asJson =
        api.postJson("/api/v1/submissions?dryRun=true", Map.of("workflow", workflow("dry2")));
    assertThat(asJson.json().get("inserted").asInt()).isEqualTo(WINDOWS);
    problem(400, api.post("/api/v1/submissions?dryRun=maybe", "text/plain", workflow("dry2")));
    problem(404, api.get("/api/v1/pools/dry2"));
  }

  @Test
  void queries_by_definition_page_by_page() {
    submit("query");

    JsonNode late = query("query", "model.class=LGBModel, segments.test>=2020").json();
    assertThat(late.size()).isBetween(1, WINDOWS - 1);
    for (JsonNode task : late) {
      assertThat(task.get("segments").get("test").get(0).asString()).isGreaterThan("2020");
    }
    assertThat(query("query", "model.class~inear").json().size()).isZero();

    Set<String> seen = new HashSet<>();
    String after = "";
    do {
      Answer page =
          api.get("/api/v1/tasks?pool=query&sort=-seq&limit=9&fields=id,seq&after=" + after);
      page.json().forEach(task -> seen.add(task.get("id").asString()));
      assertThat(page.json().get(0).has("state")).isFalse();
      after = page.header("Windrow-Next");
    } while (!after.isEmpty());
    assertThat(seen).hasSize(WINDOWS);

    problem(404, api.get("/api/v1/tasks?submission=nonsense"));
    problem(400, api.get("/api/v1/tasks?pool=query&after=nonsense"));
    problem(400, api.get("/api/v1/tasks?pool=query&sort=color"));
    problem(400, api.get("/api/v1/tasks?pool=query&fields=colour"));
    Answer malformed = problem(400, query("query", "model.class==x"));
    assertThat(malformed.json().get("position").asInt()).isEqualTo(13);
    Answer unknown = problem(404, query("qurey", ""));
    assertThat(unknown.json().get("detail").asString()).contains("did you mean 'query'?");
    String id = late.get(0).get("id").asString();
    Answer misspelt = problem(404, api.get("/api/v1/tasks/" + id.substring(0, 60)));
    assertThat(misspelt.json().get("detail").asString()).contains(id);
    JsonNode requeried = post("requery", "{'ids': ['" + id + "', 'none']}").json();
    assertThat(requeried.get("tasks").size()).isEqualTo(1);
    assertThat(requeried.get("unknown").get(0).asString()).isEqualTo("none");
  }

  @Test
  void a_pool_is_shown_window_by_window() {
    submit("windows");
    JsonNode task = post("fetch", "{'pool': 'windows', 'filter': 'seq=3', 'worker': 'w'}").json();
    post(
        task.get("id").asString() + "/commit",
        "{'version': "
            + task.get("version").asLong()
            + ", 'claim': '"
            + task.get("claim").asString()
            + "', 'outcome': 'done', 'metrics': {'IC': 0.1, 'ICIR': 0.2}}");

    List<JsonNode> windows = new ArrayList<>();
    String next = "/api/v1/pools/windows/windows?limit=9";
    while (!next.isEmpty()) {
      Answer page = api.get(next);
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      page.json().forEach(windows::add);
      assertThat(page.header("Link").isEmpty()).isEqualTo(page.header("Windrow-Next").isEmpty());
      next = page.header("Link").replaceAll("<(.*)>.*", "$1");
    }

    assertThat(windows).hasSize(WINDOWS);
    for (int i = 0; i < WINDOWS; i++) {
      JsonNode view = api.get("/api/v1/tasks/" + windows.get(i).get("id").asString()).json();
      assertThat(windows.get(i).get("seq").asInt()).isEqualTo(i);
      assertThat(windows.get(i).get("test")).isEqualTo(view.get("segments").get("test"));
      assertThat(windows.get(i).get("model")).isEqualTo(view.get("model"));
    }
    JsonNode done = windows.get(3);
    assertThat(done.get("state").asString()).isEqualTo("done");
    assertThat(done.get("handler").asString()).isEqualTo("Alpha158");
    assertThat(done.get("metrics").get("IC").asDouble()).isEqualTo(0.1);
    assertThat(done.get("params").get("learning_rate").asString()).isEqualTo("0.2");
    JsonNode narrow = api.get("/api/v1/pools/windows/windows?metrics=ICIR,other").json().get(3);
    assertThat(narrow.get("metrics").toString()).isEqualTo("{\"ICIR\":0.2}");
    assertThat(done.get("worker").asString()).isEqualTo("w");
    assertThat(done.get("endedAt").asString()).isNotEmpty();
    assertThat(windows.get(4).get("metrics").isNull()).isTrue();
    assertThat(windows.get(4).get("startedAt").isNull()).isTrue();
    problem(404, api.get("/api/v1/pools/windoes/windows"));
    problem(400, api.get("/api/v1/pools/windows/windows?limit=1001"));
    problem(400, api.get("/api/v1/pools/windows/windows?cursor=nonsense"));
  }

  @Test
  void logs_are_told_apart_by_their_place_when_numbers_begin_again() {
    submit("logs");
    String id = fails("logs", "the first");
    assertThat(api.post("/api/v1/tasks/" + id + "/retry").status()).isEqualTo(200);
    awaitAnnounced("logs");
    assertThat(fails("logs", "the second")).isEqualTo(id);

    String logs = "/api/v1/tasks/" + id + "/logs";
    assertThat(api.get(logs + "?entry=0").json().get("text").asString()).contains("the first");
    assertThat(api.get(logs + "?entry=1").json().get("text").asString()).contains("the second");
    assertThat(api.get(logs + "?entry=1").json().get("attempt").asInt()).isEqualTo(1);
    problem(404, api.get(logs + "?entry=2"));
    problem(400, api.get(logs + "?entry=1&attempt=1"));
  }

  /** One of its tasks is fetched and fails for good. */
  private static String fails(String pool, String message) {
    JsonNode task =
        post("fetch", "{'pool': '" + pool + "', 'filter': 'seq=3', 'worker': 'w'}").json();
    String id = task.get("id").asString();
    Answer answer =
        post(
            id + "/commit",
            "{'version': "
                + task.get("version").asLong()
                + ", 'claim': '"
                + task.get("claim").asString()
                + "', 'outcome': 'failed', 'retry': false, 'message': '"
                + message
                + "'}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return id;
  }

  @Test
  void a_worker_outside_fetches_beats_and_commits() {
    submit("outside");

    JsonNode task = post("fetch", "{'pool': 'outside', 'filter': 'seq=3', 'worker': 'w'}").json();
    String id = task.get("id").asString();
    String proof =
        "'version': "
            + task.get("version").asLong()
            + ", 'claim': '"
            + task.get("claim").asString();
    assertThat(task.get("definition").get("model").get("class").asString()).isEqualTo("LGBModel");
    assertThat(post(id + "/heartbeat", "{" + proof + "'}").status()).isEqualTo(204);
    Answer stranger =
        problem(409, post(id + "/commit", "{'version': 1, 'claim': 'x', 'outcome': 'done'}"));
    assertThat(stranger.json().get("detail").asString()).contains("is running");
    problem(
        400, post(id + "/commit", "{" + proof + "', 'outcome': 'done', 'metrics': {'IC': NaN}}"));
    problem(
        400, post(id + "/commit", "{" + proof + "', 'outcome': 'done', 'metrics': {'IC': 'NaN'}}"));

    Answer done =
        post(id + "/commit", "{" + proof + "', 'outcome': 'done', 'metrics': {'IC': 0.1}}");
    assertThat(done.json().get("state").asString()).isEqualTo("done");
    assertThat(post(id + "/commit", "{" + proof + "', 'outcome': 'done'}").text())
        .as("a commit is recorded once")
        .isEqualTo(done.text());
    problem(409, post(id + "/commit", "{" + proof + "', 'outcome': 'failed'}"));
    problem(409, post(id + "/return", "{" + proof + "'}"));
    Answer ended =
        problem(409, post("reset-status", "{'ids': ['" + id + "'], 'state': 'waiting'}"));
    assertThat(ended.json().get("detail").asString()).contains("1 done");
    problem(409, post("prioritize", "{'ids': ['" + id + "'], 'priority': 3}"));
    problem(404, post("prioritize", "{'ids': ['none'], 'priority': 3}"));
    Answer partly = post("remove", "{'ids': ['" + id + "', 'none']}");
    assertThat(partly.json().get("changed").asInt()).isEqualTo(1);
    assertThat(partly.json().get("unknown").get(0).asString()).isEqualTo("none");
    assertThat(post("fetch", "{'pool': 'outside', 'filter': 'seq=99', 'worker': 'w'}").status())
        .isEqualTo(204);
  }

  @Test
  void changes_what_is_selected_and_waits_for_the_end() {
    submit("change");
    CompletableFuture<Answer> waiting =
        CompletableFuture.supplyAsync(() -> api.get("/api/v1/tasks/events?pool=change"));
    JsonNode task = post("fetch", "{'pool': 'change', 'filter': 'seq=0', 'worker': 'w'}").json();

    problem(409, post("reset-waiting", "{'pool': 'change'}"));
    assertThat(
            post("reset-waiting", "{'pool': 'change', 'force': true}")
                .json()
                .get("changed")
                .asInt())
        .isEqualTo(1);
    problem(
        409,
        post(
            task.get("id").asString() + "/return",
            "{'version': "
                + task.get("version").asLong()
                + ", 'claim': '"
                + task.get("claim").asString()
                + "'}"));
    awaitAnnounced("change");
    assertThat(
            post("prioritize", "{'pool': 'change', 'filter': 'seq<5', 'priority': 9}")
                .json()
                .get("changed")
                .asInt())
        .isEqualTo(5);
    assertThat(query("change", "priority=9").json().size()).isEqualTo(5);
    awaitAnnounced("change");
    assertThat(
            post("remove", "{'pool': 'change', 'filter': 'seq>=20'}").json().get("changed").asInt())
        .isEqualTo(2);
    assertThat(
            post("reset-status", "{'pool': 'change', 'state': 'cancelled', 'reason': 'no use'}")
                .json()
                .get("changed")
                .asInt())
        .isEqualTo(WINDOWS - 2);
    problem(400, post("remove", "{}"));

    String events = waiting.join().text();
    assertThat(events).contains("event:counts").contains("event:ended");
    assertThat(events.substring(events.indexOf("event:ended")))
        .contains("\"unfinished\":0")
        .contains("\"cancelled\":20");
  }

  @Test
  void a_task_that_has_not_run_gets_another_definition() {
    submit("replace");
    JsonNode task = query("replace", "seq=1").json().get(0);
    String id = task.get("id").asString();
    String old =
        api.get("/api/v1/tasks/" + id + "?fields=definition").json().get("definition").toString();

    problem(400, api.put("/api/v1/tasks/" + id + "/definition", "{\"model\": 5}"));
    Answer elsewhere =
        problem(
            400,
            api.put(
                "/api/v1/tasks/" + id + "/definition",
                old.replaceFirst("\"provider_uri\":\"[^\"]*\"", "\"provider_uri\":\"/etc\"")));
    assertThat(elsewhere.json().get("problems").get(0).get("path").asString())
        .isEqualTo("qlib_init.provider_uri");
    problem(404, api.put("/api/v1/tasks/none/definition", old));
    assertThat(api.put("/api/v1/tasks/" + id + "/definition", old).json().get("task").asString())
        .isEqualTo(id);
    String other = old.replaceFirst("\"end_time\":\"[0-9-]+\"", "\"end_time\":\"2021-01-04\"");
    Answer replaced = api.put("/api/v1/tasks/" + id + "/definition", other);
    assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
    assertThat(replaced.json().get("task").asString()).isNotEqualTo(id);
    assertThat(api.get("/api/v1/tasks/" + id).json().get("state").asString())
        .isEqualTo("cancelled");
  }

  @Test
  void two_workflows_race_on_one_pool_and_make_no_duplicate() {
    List<CompletableFuture<Answer>> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(CompletableFuture.supplyAsync(() -> api.submit(workflow("race"))));
    }
    int inserted = 0;
    for (CompletableFuture<Answer> one : both) {
      assertThat(one.join().status()).isIn(200, 201);
      inserted += one.join().json().get("inserted").asInt();
    }
    assertThat(inserted).isEqualTo(WINDOWS);
    assertThat(stat("race").get("tasks").asInt()).isEqualTo(WINDOWS);
  }

  @Test
  void large_deep_and_odd_bodies_are_the_senders_fault() {
    problem(413, post("remove", "{'pool': '" + "x".repeat(2 << 20) + "'}"));
    problem(400, api.put("/api/v1/tasks/x/definition", "{\"a\":".repeat(10_000) + "1"));
    problem(
        400,
        api.put("/api/v1/tasks/x/definition", "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)));
    problem(400, api.submit("a: " + "[".repeat(10_000)));
    problem(400, post("prioritize", "{'pool': 'x', 'priority': NaN}"));
    problem(400, post("prioritize", "{'pool': 'x', 'priority': 1e40}"));
    problem(415, api.post("/api/v1/tasks/remove", "text/plain", "x"));
  }
}
