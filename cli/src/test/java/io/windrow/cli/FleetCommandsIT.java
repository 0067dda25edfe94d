package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.Terminal.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Workers, queues, the doctor and the manners of all commands; there is no worker. */
class FleetCommandsIT extends CoordinatorCommands {

  @Test
  void a_queue_that_nobody_serves_is_told_wherever_one_waits() throws IOException {
    submit("lonely");

    assertThat(done("queue", "list").out()).containsPattern("lonely +25 .*no worker serves it");
    assertThat(done("queue", "show", "lonely").out())
        .contains("demand   25", "workers  0 live", "remark   no worker serves it");
    String id = submission("lonely");
    Seen status = done("status", id);
    assertThat(status.err())
        .contains("no worker serves queue lonely: start one with 'windrow worker --queue lonely'");
    Seen waited = ask("wait", id, "--timeout", "10s", "--interval", "100");
    refused(1, "has not ended in time: 25 queued", lastLine(waited));
    assertThat(waited.err()).containsOnlyOnce("no worker serves queue lonely");
    refused(
        1,
        "not ended after 1s",
        lastLine(ask("task", "wait", "--pool", "lonely", "--timeout", "1s")));
    refused(
        2,
        "--timeout: 'soon' is no time",
        ask("task", "wait", "--pool", "lonely", "--timeout", "soon"));
  }

  @Test
  void a_limit_of_a_queue_that_nobody_uses_is_doubted() throws IOException {
    submit("limits");

    assertThat(done("queue", "limit", "limits", "3").err()).isEmpty();
    Seen doubted = done("queue", "limit", "limit", "3");

    assertThat(doubted.out()).startsWith("queue limit: not paused, at most 3 at once");
    assertThat(doubted.err()).contains("Nothing is on a queue 'limit'", "did you mean 'limits'?");
    refused(1, "'windrow queue list' lists them", ask("queue", "show", "no-such"));
  }

  @Test
  void there_is_no_worker_to_list_show_or_drain() {
    assertThat(done("worker", "list").out())
        .isEqualTo("no workers: start one with 'windrow worker'%n".formatted());
    assertThat(done("worker", "list", "-o", "json").json()).isEmpty();
    refused(1, "There is no worker 'w'", ask("worker", "show", "w"));
    refused(1, "There is no worker 'w'", ask("worker", "drain", "w"));
    refused(1, "There is no worker 'w'", ask("worker", "undrain", "w"));
  }

  @Test
  void the_doctor_names_what_is_wrong_and_what_to_do() throws IOException {
    submit("sick");

    Seen seen = ask("doctor", "--collector=http://127.0.0.1:1");

    assertThat(seen.code()).isEqualTo(1);
    assertThat(seen.out())
        .containsPattern("ok +coordinator +answers")
        .containsPattern("ok +this clock ")
        .containsPattern("ok +store +answers")
        .containsPattern("ok +broker +answers, 1 in the cluster")
        .containsPattern("ok +share groups +on")
        .containsPattern("ok +topics +all")
        .containsPattern("ok +data +.*can be read")
        .containsPattern("warning +workers +none is live\n +-> start one with 'windrow worker'")
        .containsPattern("wrong +queue sick +25 tasks wait and no worker serves it")
        .containsPattern("wrong +collector +no collector at");
    Seen rows = ask("doctor", "--collector=http://127.0.0.1:1", "-o", "csv");
    assertThat(rows.out().lines().findFirst()).hasValue("check,grade,detail,advice");
    Seen nobody =
        run("doctor", "--coordinator=http://127.0.0.1:1", "--collector=http://127.0.0.1:1");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.out()).contains("no coordinator at").contains("2 wrong, 0 warnings");
  }

  @Test
  void a_beginning_of_an_id_will_do() throws IOException {
    submit("short");
    String task = id("short", 3);
    String begins = task.substring(0, 10);

    assertThat(done("task", "show", begins).out()).startsWith("task        " + task);
    assertThat(done("task", "show", begins, id("short", 4), "--json").json()).hasSize(2);
    assertThat(done("task", "cancel", begins).out()).startsWith("task " + task);
    assertThat(done("task", "retry", begins).out()).startsWith("task " + task);
    assertThat(done("task", "pause", begins).out()).startsWith("task " + task);
    assertThat(done("task", "prioritize", begins, "--priority", "4").out())
        .startsWith("1 task changed");
    String submission = submission("short");
    assertThat(done("status", submission.substring(0, 12)).out()).contains(submission);
    assertThat(done("task", "cancel", "--submission", submission.substring(0, 12)).out())
        .startsWith(WINDOWS + " tasks cancelled");
    refused(1, "'windrow task list' lists them", ask("task", "show", "abc"));
    refused(1, "'windrow status' lists them", ask("status", "ffffffffff"));
  }

  @Test
  void an_answer_is_printed_as_programs_like_it() throws IOException {
    submit("formats");

    assertThat(done("task", "list", "--pool", "formats", "--limit", "2", "-o", "csv").out().lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("id,pool,");
    assertThat(done("task", "stat", "--pool", "formats", "-o", "yaml").out())
        .contains("counts:\n", "  queued: 25\n");
    assertThat(done("pool", "list", "-o", "json").json().isArray()).isTrue();
    assertThat(done("status", "-o", "csv").out()).startsWith("submission,pool,experiment,queue");
    refused(2, "--json: does not go with -o csv", ask("pool", "list", "--json", "-o", "csv"));
    refused(2, "-o", ask("pool", "list", "-o", "xml"));
  }

  @Test
  void a_context_names_the_cluster() {
    Path file = folder.resolve("contexts.yaml");
    String config = "--config=" + file;
    assertThat(run("config", "get-contexts", config).out()).contains("no contexts yet");
    assertThat(run("config", "set-context", "here", "--coordinator=" + address(), config).code())
        .isZero();
    run("config", "set-context", "away", "--coordinator=http://127.0.0.1:1", config);

    assertThat(run("worker", "list", config).code()).isZero();
    Seen away = run("worker", "list", config, "--context", "away");
    refused(1, "no coordinator at http://127.0.0.1:1", away);
    assertThat(run("config", "use-context", "away", config).code()).isZero();
    assertThat(run("worker", "list", config).code()).isEqualTo(1);
    assertThat(run("worker", "list", config, "--context=here").code()).isZero();
    JsonNode view = run("config", "view", config, "-o", "json").json();
    assertThat(view.get("current-context").asString()).isEqualTo("away");
    assertThat(view.at("/contexts/here/coordinator").asString()).isEqualTo(address());
    assertThat(run("config", "get-contexts", config).out()).containsPattern("\\* +away");
    assertThat(run("config", "delete-context", "away", config).code()).isZero();
    refused(1, "no context 'away'", run("worker", "list", config, "--context=away"));
    refused(
        2, "is not an address", run("config", "set-context", "x", "--collector=ftp://a", config));
  }

  @Test
  void the_shell_gets_its_script() {
    Seen bash = run("completion", "bash");
    assertThat(bash.code()).isZero();
    assertThat(bash.out()).startsWith("#!/").contains("_complete_windrow", "use-context");
    assertThat(run("completion", "zsh").out()).startsWith("autoload").contains("_complete_windrow");
    refused(2, "fish", run("completion", "fish"));
  }

  @Test
  void what_a_service_refuses_as_an_argument_is_wrong_usage() throws IOException {
    submit("usage");
    refused(2, "not from 'done'", ask("task", "fetch", "--pool", "usage", "--state", "done"));
    refused(2, "at character 13", ask("task", "list", "--filter", "model.class==x"));
    refused(2, "no state 'dun'", ask("task", "list", "--state", "dun"));
    refused(1, "did you mean 'usage'?", ask("task", "list", "--pool", "usgae"));
  }

  @Test
  void a_file_and_a_submission_are_compared_with_an_earlier_one() throws IOException {
    submit("compare");
    String before = submission("compare");
    Path file = folder.resolve("compare.yaml");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("num_leaves: 63", "num_leaves: 31"));

    Seen planned = done("diff", file.toString(), "--against", before.substring(0, 10));
    Files.writeString(file, text);
    Seen same = done("diff", before.substring(0, 10), "--against", before);

    assertThat(planned.out())
        .contains("~ task.model.kwargs.num_leaves: 63 -> 31")
        .contains("tasks: 0 equal, 25 new, 25 gone");
    assertThat(same.out()).contains("no key differs", "tasks: 25 equal, 0 new, 0 gone");
    refused(1, "There is no submission 'none'", ask("diff", file.toString(), "--against", "none"));
    refused(1, "no file", ask("diff", "nowhere.yaml", "--against", before));
    refused(2, "--against", ask("diff", file.toString()));
  }

  private static String submission(String pool) {
    return done("status", "--json")
        .json()
        .valueStream()
        .filter(one -> one.get("pool").asString().equals(pool))
        .findFirst()
        .orElseThrow()
        .get("submission")
        .asString();
  }

  private static Seen lastLine(Seen seen) {
    String[] lines = seen.err().lines().toArray(String[]::new);
    return new Seen(seen.code(), seen.out(), lines[lines.length - 1]);
  }
}
