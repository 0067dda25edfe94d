package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.coordinator.Api.Answer;
import io.windrow.coordinator.workflow.WorkflowText;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Stages over HTTP, between a real broker and a real store: declared ones, and parts by hand. */
class StageApiIT {
  private static final Duration SOON = Duration.ofMinutes(3);

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
  void a_declared_stage_follows_on_its_queue_and_a_retry_says_where_to_begin() {
    submit("declared", "    stages:\n        - {name: one}\n        - {name: two, queue: later}\n");
    JsonNode first = fetch("declared", "waiting").json();
    String id = first.get("id").asString();
    assertThat(first.get("stage").asString()).isEqualTo("one");
    assertThat(commit(first, "part_done", "{'IC': 0.1}").json().get("state").asString())
        .isEqualTo("part_done");

    await().atMost(SOON).until(() -> text(task(id), "queue").equals("later"));
    JsonNode second =
        post("fetch", "{'filter': 'stage=two', 'worker': 'w'}").json(); // it may be announced now
    assertThat(second.get("stage").asString()).isEqualTo("two");
    assertThat(second.get("earlier").get(0).get("metrics").get("IC").asDouble()).isEqualTo(0.1);
    commit(second, "failed", "{}");
    assertThat(text(task(id), "state")).isEqualTo("waiting");
    api.post("/api/v1/tasks/" + id + "/cancel", "application/json", "");

    JsonNode again = post(id + "/retry?stage=failed", "").json();
    assertThat(text(again, "stage")).isEqualTo("two");
    assertThat(again.get("stages").get(0).get("result").get("recorder").asString())
        .isEqualTo(first.get("recorder").asString());
    api.post("/api/v1/tasks/" + id + "/cancel", "application/json", "");
    JsonNode anew = post(id + "/retry?stage=first", "").json();
    assertThat(text(anew, "stage")).isEqualTo("one");
    assertThat(text(anew, "queue")).isEqualTo("declared");
    assertThat(anew.get("history").get(0).get("stage").asString()).isEqualTo("one");
    assertThat(post(id + "/retry?stage=last", "").status()).isEqualTo(400);
  }

  @Test
  void a_part_done_by_hand_is_fetched_again_and_ends_once() {
    submit("byhand", "");
    assertThat(fetch("byhand", "part_done").status()).isEqualTo(204);
    JsonNode first = fetch("byhand", "waiting").json();
    commit(first, "part_done", "{'IC': 0.1}");
    JsonNode rest = fetch("byhand", "part_done").json();

    assertThat(rest.get("id")).isEqualTo(first.get("id"));
    assertThat(rest.get("earlier").get(0).get("recorder")).isEqualTo(first.get("recorder"));
    assertThat(commit(rest, "part_done", "{}").status()).isEqualTo(409);
    assertThat(commit(rest, "done", "{}").json().get("state").asString()).isEqualTo("done");
    assertThat(fetch("byhand", "done").status()).isEqualTo(400);
  }

  @Test
  void a_generation_shows_what_each_stage_would_run() {
    String file =
        workflow(
            "shown",
            "    stages:\n        - {name: one, task: {record: []}}\n        - {name: two}\n");
    JsonNode task = api.post("/api/v1/generations", "text/plain", file).json().get("listed").get(0);

    assertThat(task.get("definition").get("record").size()).isEqualTo(2);
    assertThat(task.get("stages").get(0).get("definition").get("record").size()).isZero();
    assertThat(task.get("stages").get(1).get("definition")).isEqualTo(task.get("definition"));
  }

  private static String workflow(String name, String stages) {
    String file = WorkflowText.replace(WorkflowText.valid(), "pool: nightly", "pool: " + name);
    file = WorkflowText.replace(file, "experiment: us-rolling", "experiment: " + name);
    return WorkflowText.replace(file, "queue: research", "queue: " + name) + stages;
  }

  private static void submit(String name, String stages) {
    Answer answer = api.submit(workflow(name, stages));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private static Answer fetch(String pool, String state) {
    return post("fetch", "{'pool': '%s', 'worker': 'w', 'state': '%s'}".formatted(pool, state));
  }

  private static Answer commit(JsonNode fetched, String outcome, String metrics) {
    return post(
        text(fetched, "id") + "/commit",
        "{'version': %s, 'claim': '%s', 'outcome': '%s', 'metrics': %s}"
            .formatted(fetched.get("version"), text(fetched, "claim"), outcome, metrics));
  }

  private static Answer post(String path, String json) {
    return api.post("/api/v1/tasks/" + path, "application/json", json.replace('\'', '"'));
  }

  private static JsonNode task(String id) {
    return api.get("/api/v1/tasks/" + id).json();
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asString();
  }
}
