package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.cli.Terminal.Seen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The commands that ask about tasks, change them and work on them. Each test has its own pool. */
class TaskCommandsIT extends CoordinatorCommands {

  @Test
  void every_command_explains_itself() {
    CommandLine root = Windrow.commandLine();
    explained(root, root, List.of());
  }

  private static void explained(CommandLine root, CommandLine command, List<String> path) {
    StringWriter out = new StringWriter();
    root.setOut(new PrintWriter(out));
    List<String> asked = new ArrayList<>(path);
    asked.add("--help");
    assertThat(root.execute(asked.toArray(String[]::new))).as("%s", path).isZero();
    assertThat(out.toString()).contains(("Usage: windrow " + String.join(" ", path)).strip());
    assertThat(command.getCommandSpec().usageMessage().description()).as("%s", path).isNotEmpty();
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(name);
              if (!name.equals("help")) {
                explained(root, sub, longer);
              }
            });
  }

  @Test
  void lists_shows_and_counts() throws IOException {
    submit("query");

    Seen first = done("task", "list", "--pool", "query", "--limit", "3", "--sort=-seq");
    assertThat(first.out().lines()).hasSize(5);
    assertThat(first.out().lines().toList().get(2)).matches("[0-9a-f]{64}  query +24  queued .*");
    assertThat(first.err()).contains("there are more tasks");
    assertThat(tasks("query", "segments.test>=2020-07, model.class=LGBModel").size())
        .isBetween(1, WINDOWS - 1);
    assertThat(done("task", "list", "--pool", "query", "--state", "done,failed").out().lines())
        .hasSize(2);
    String id = id("query", 7);
    assertThat(done("task", "show", id).out())
        .startsWith("task        " + id)
        .contains("state       queued, attempt 0 of 3")
        .contains("segment     train = ");
    assertThat(done("task", "show", id, id("query", 8), "--json").json()).hasSize(2);
    refused(1, id, ask("task", "show", id.substring(0, 5)));
    refused(1, "there is no task 'none'", ask("task", "show", id, "none"));
    assertThat(done("task", "stat", "--pool", "query").out())
        .containsPattern("queued +25\n")
        .containsPattern("all +25\n");
    assertThat(done("pool", "list").out()).containsPattern("query +25 queued");
    done("pool", "limit", "query", "7");
    assertThat(done("pool", "list").out()).containsPattern("query .* at most 7 at once");
    refused(2, "which tasks?", ask("task", "wait"));

    refused(2, "at character 13", ask("task", "list", "--filter", "model.class==x"));
    refused(1, "did you mean 'query'?", ask("task", "list", "--pool", "qurey"));
    refused(2, "no state 'dun'", ask("task", "list", "--pool", "query", "--state", "dun"));
    refused(2, "--limit", ask("task", "list", "--limit", "0"));
    refused(2, "is not an address", run("task", "list", "--coordinator", "nowhere"));
  }

  @Test
  void a_worker_made_of_commands() throws IOException {
    submit("outside");
    Path fetched = fetch("outside", 2);
    String id = id("outside", 2);
    assertThat(state(id)).isEqualTo("running");
    assertThat(done("task", "heartbeat", fetched.toString()).out()).contains("for another 60 s");
    refused(2, "finite", ask("task", "commit", fetched.toString(), "--metric", "IC=NaN"));
    refused(2, "--metric", ask("task", "commit", fetched.toString(), "--metric", "IC=much"));

    assertThat(done("task", "commit", fetched.toString(), "--metric", "IC=0.25").out())
        .isEqualTo("task %s is done now%n".formatted(id));

    assertThat(done("task", "show", id).out())
        .contains("metric      IC = 0.25")
        .contains("attempt     1 done by windrow-cli");
    Path second = fetch("outside", 3);
    done("task", "return", second.toString());
    assertThat(state(id("outside", 3))).isIn("waiting", "queued");
    refused(1, "nothing was recorded", ask("task", "commit", second.toString()));
    Path third = fetch("outside", 4);
    assertThat(
            done("task", "commit", third.toString(), "--failed", "no data", "--no-retry", "--json")
                .json()
                .get("state")
                .asString())
        .isEqualTo("failed");
    refused(1, "no task to run", ask("task", "fetch", "--pool", "outside", "--filter", "seq=99"));
    refused(1, "cannot read", ask("task", "commit", folder.resolve("absent").toString()));
    Path other = Files.writeString(folder.resolve("other.json"), "{\"id\": 5}");
    refused(1, "is not what", ask("task", "return", other.toString()));
  }

  @Test
  void does_a_task_in_two_parts() throws IOException {
    submit("parts");
    String id = id("parts", 0);
    Path first = fetch("parts", 0);
    refused(2, "--part-done", ask("task", "commit", first.toString(), "--part-done", "--failed=x"));

    assertThat(done("task", "commit", first.toString(), "--part-done", "--metric=IC=0.5").out())
        .isEqualTo("task %s is part_done now%n".formatted(id));

    refused(1, "no task to run", ask("task", "fetch", "--filter", "id=" + id));
    refused(2, "'done'", ask("task", "fetch", "--pool=parts", "--state=done"));
    assertThat(
            done("task", "run", "--state=part_done", "--pool=parts", "--", "grep", "-q", "0.5")
                .out())
        .contains("task %s is done now".formatted(id));
    assertThat(
            done("task", "run", "--part-done", "--filter=seq=1", "--pool=parts", "--", "true")
                .out())
        .contains("is part_done now");
    Path rest =
        Files.writeString(
            folder.resolve("rest.json"),
            done("task", "fetch", "--pool=parts", "--state=part_done").out());
    refused(1, "commit it as done", ask("task", "commit", rest.toString(), "--part-done"));
  }

  @Test
  void runs_a_command_for_a_task() throws IOException {
    submit("run");
    Path read = folder.resolve("read.json");
    String script = "cat > " + read + "; echo '{\"IC\": 0.5}' > $WINDROW_METRICS";

    Seen done = done("task", "run", "--pool", "run", "--filter", "seq=0", "--", "sh", "-c", script);

    String id = id("run", 0);
    assertThat(done.out()).contains("task %s is done now".formatted(id));
    assertThat(done("task", "show", id).out()).contains("metric      IC = 0.5");
    assertThat(Files.readString(read)).contains("\"id\":\"" + id).contains("LGBModel");
    Seen failed = ask("task", "run", "--filter", "id=" + id("run", 1), "--", "sh", "-c", "exit 3");
    refused(1, "ended with 3", failed);
    assertThat(failed.err()).contains("is handed back");
    assertThat(done("task", "show", id("run", 1)).out())
        .contains("attempt 0 of 3")
        .contains("the command ended with 3");
    refused(1, "cannot start no-such", ask("task", "run", "--pool", "run", "--", "no-such"));
    String odd = "echo '[1]' > $WINDROW_METRICS";
    refused(1, "no JSON object", ask("task", "run", "--pool", "run", "--", "sh", "-c", odd));
    assertThat(count("run", "running")).isZero();
    assertThat(
            done("task", "run", "--all", "--pool", "run", "--filter", "seq>=22", "--", "true")
                .out())
        .endsWith("3 tasks run" + System.lineSeparator());
  }

  @Test
  void creates_the_tasks_that_are_not_there() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("create.yaml"),
            SampleMarket.workflow(data())
                .replace("experiment_name: cluster", "experiment_name: create")
                .replace("windrow:", "windrow:\n  queue: create"));

    List<String> planned =
        done("task", "create", file.toString(), "--dry-run").out().lines().toList();
    assertThat(planned).hasSize(WINDOWS + 1);
    assertThat(planned.get(WINDOWS)).startsWith("25 tasks in all, 25 would be new");
    refused(1, "no pool 'create'", ask("task", "stat", "--pool", "create"));
    assertThat(done("task", "create", file.toString(), "--json").json().get("inserted").asInt())
        .isEqualTo(WINDOWS);
    assertThat(done("task", "create", file.toString()).out()).startsWith("25 tasks in all, 0 new");
    assertThat(state(planned.get(3))).isIn("waiting", "queued");
    Files.writeString(file, "task: {model: {class: LGBMModel}}");
    refused(1, "did you mean 'LGBModel'", ask("task", "create", file.toString(), "--dry-run"));
  }

  @Test
  void changes_many_tasks_at_once() throws IOException {
    submit("change");
    fetch("change", 0);

    refused(1, "1 running", ask("task", "reset-waiting", "--pool", "change"));
    assertThat(done("task", "reset-waiting", "--pool", "change", "--force").out())
        .startsWith("1 task changed");
    await("it is queued again, or that happens while it is changed")
        .atMost(Duration.ofMinutes(3))
        .until(() -> state(id("change", 0)).equals("queued"));
    assertThat(
            done("task", "prioritize", "--pool", "change", "--filter", "seq<5", "--priority", "9")
                .out())
        .startsWith("5 tasks changed");
    assertThat(tasks("change", "priority=9")).hasSize(5);
    assertThat(done("task", "reset-status", id("change", 6), "--to", "cancelled").out())
        .startsWith("1 task changed");
    refused(1, "1 cancelled", ask("task", "prioritize", id("change", 6), "--priority", "1"));
    refused(2, "waiting or cancelled", ask("task", "reset-status", "x", "--to", "done"));
    refused(1, "There is no task 'none'", ask("task", "reset-status", "none", "--to", "waiting"));
    refused(2, "which tasks?", ask("task", "prioritize", "--priority", "1"));

    refused(
        2,
        "--yes removes 5 tasks",
        ask("task", "remove", "--filter", "seq>=20", "--pool", "change"));
    assertThat(done("task", "stat", "--pool", "change", "--json").json().get("tasks").asInt())
        .isEqualTo(WINDOWS);
    done("task", "remove", "--filter", "seq>=20", "--pool", "change", "--yes");
    done("task", "remove", id("change", 6));
    assertThat(done("task", "stat", "--pool", "change", "--json").json().get("tasks").asInt())
        .isEqualTo(WINDOWS - 6);
  }

  @Test
  void gives_a_task_another_definition() throws IOException {
    submit("replace");
    JsonNode whole = done("task", "fetch", "--pool", "replace", "--filter", "seq=1").json();
    Path fetched = Files.writeString(folder.resolve("replace.json"), whole.toString());
    done("task", "return", fetched.toString());
    String definition = whole.get("definition").toString();
    Path other =
        Files.writeString(
            folder.resolve("definition.json"),
            definition.replace("\"num_leaves\":63", "\"num_leaves\":31"));

    refused(1, "it has run before", ask("task", "replace", id("replace", 1), other.toString()));
    String id = id("replace", 2);
    Seen replaced = done("task", "replace", id, other.toString());

    assertThat(replaced.out()).contains("takes the place of " + id);
    assertThat(state(id)).isEqualTo("cancelled");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"model\":");
    refused(1, "not JSON at line 1", ask("task", "replace", id, broken.toString()));
  }

  @Test
  void waits_until_all_have_their_outcome() throws IOException {
    submit("wait");
    CompletableFuture<Seen> waiting =
        CompletableFuture.supplyAsync(() -> ask("task", "wait", "--pool", "wait"));
    Path fetched = fetch("wait", 0);
    done("task", "commit", fetched.toString());

    done("task", "reset-status", "--pool", "wait", "--filter", "seq>0", "--to", "cancelled");

    Seen ended = waiting.join();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).isEqualTo("ended: 1 done, 24 cancelled%n".formatted());
    refused(1, "no pool 'wiat'", ask("task", "wait", "--pool", "wiat"));
  }

  @Test
  void a_failure_is_what_waiting_tells() throws IOException {
    submit("failing");
    Path fetched = fetch("failing", 0);
    done("task", "commit", fetched.toString(), "--failed", "boom", "--no-retry");

    Seen ended = ask("task", "wait", "--pool", "failing", "--filter", "seq=0", "--json");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.json().at("/counts/failed").asInt()).isEqualTo(1);
  }
}
