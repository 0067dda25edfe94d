package io.windrow.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.windrow.experiment.ArtifactStore;
import io.windrow.quant.run.Cancellation;
import io.windrow.task.FailureKind;
import io.windrow.worker.ScriptedStore;
import io.windrow.worker.execute.ClassifiedFailure;
import io.windrow.worker.execute.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** The executor with real processes of python3. */
class ProcessExecutorIT {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final Path PYTHON_TESTS = Path.of("src/test/python").toAbsolutePath();
  private static final Path EXAMPLES = Path.of("../examples/process").toAbsolutePath().normalize();
  private static final Limits LIMITS =
      new Limits(
          DataSize.ofKilobytes(4),
          1_000,
          100,
          DataSize.ofKilobytes(64),
          DataSize.ofKilobytes(128),
          10,
          DataSize.ofKilobytes(16));

  private static final ArtifactStore NO_ARTIFACTS =
      new ScriptedStore(ScriptedStore.running(Map.of()));

  @TempDir Path root;
  private final RecordedRun recorder = new RecordedRun();
  private final AtomicBoolean cancelled = new AtomicBoolean();

  @BeforeAll
  static void needsPython() throws Exception {
    assumeThat(python("-c", "import sys; sys.exit(sys.version_info < (3, 8))"))
        .as(
            "python3 of version 3.8 or newer is not on the PATH: the process executor's tests need it")
        .isZero();
  }

  @Test
  void the_modules_own_tests_pass() throws Exception {
    assertThat(python("-m", "unittest", "discover", "-s", PYTHON_TESTS.toString())).isZero();
  }

  @Test
  void a_command_is_heard_and_leaves_nothing_behind() throws Exception {
    Map<String, Double> metrics =
        run(
            """
            task = windrow.task()
            assert task.attempt == 1 and task.definition["model"] == {"class": "M"}
            windrow.log_params({"depth": 3})
            windrow.log_metrics({"loss": 0.5}, step=1)
            windrow.progress(0.5)
            os.makedirs("out")
            open("out/model.txt", "w").write("weights")
            windrow.artifact("out/model.txt", "model.txt")
            print("for people")
            windrow.result({"loss": 0.25})
            """);

    assertThat(metrics).containsEntry("loss", 0.25).containsKey("time.process");
    assertThat(recorder.params).containsEntry("depth", "3");
    assertThat(recorder.metrics).contains("loss@1=0.5", "progress@0=0.5", "loss@0=0.25");
    assertThat(new String(recorder.artifacts.get("model.txt"), StandardCharsets.UTF_8))
        .isEqualTo("weights");
    assertThat(log()).contains("for people");
    assertThat(root.resolve("work")).isEmptyDirectory();
  }

  @Test
  void only_listed_variables_are_inherited() throws Exception {
    CommandSettings command =
        new CommandSettings(List.of("env"), Map.of("OWN", "yes"), SOON, null, null, LIMITS);
    run(command, Map.of());

    Map<String, String> seen = new HashMap<>();
    log().lines().map(line -> line.split("=", 2)).forEach(each -> seen.put(each[0], each[1]));
    assertThat(seen).containsEntry("OWN", "yes").containsKey("WINDROW_ATTEMPT");
    assertThat(seen.get("HOME")).isEqualTo(seen.get("TMPDIR")).startsWith(root.toString());
    Set<String> others = new TreeSet<>(System.getenv().keySet());
    others.removeAll(Set.of("PATH", "LANG", "LC_ALL", "TZ", "HOME", "TMPDIR", "PYTHONPATH"));
    assertThat(others).as("what must not be passed on").isNotEmpty();
    assertThat(seen.keySet()).doesNotContainAnyElementsOf(others);
  }

  @Test
  void an_error_costs_an_attempt_and_shows_the_end_of_the_log() {
    Throwable error = catchThrowable(() -> run("windrow.task()\nraise ValueError('no such bar')"));

    assertThat(error)
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("command 'script' ended with exit code 1")
        .hasMessageContaining("ValueError: no such bar");
    assertThat(log()).contains("Traceback");
    assertThat(root.resolve("work")).isEmptyDirectory();
  }

  @Test
  void the_exit_code_says_whether_to_try_again() {
    assertThatThrownBy(() -> run("windrow.task()\nwindrow.fail('bad data')"))
        .isInstanceOf(CommandRefused.class)
        .hasMessageContaining("exit code 65: bad data");
    assertThatThrownBy(() -> run("windrow.task()\nwindrow.fail('away', retryable=True)"))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("exit code 75: away");
    assertThatThrownBy(() -> run("windrow.task()\nos._exit(0)"))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("exit code 0 but without a result");
    assertThatThrownBy(() -> run("windrow.task()\nos.kill(os.getpid(), 1)"))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("exit code 129");
  }

  @Test
  void a_crash_and_a_kill_for_memory_are_classes_of_their_own() {
    assertClass("NativeCrash", "exit code 139, so by SIGSEGV", 11);
    assertClass("NativeCrash", "exit code 134, so by SIGABRT", 6);
    assertClass("OutOfMemory", "exit code 137, so by SIGKILL", 9);
  }

  private void assertClass(String errorClass, String message, int signal) {
    assertThatThrownBy(() -> run("windrow.task()\nos.kill(os.getpid(), %d)".formatted(signal)))
        .isInstanceOfSatisfying(
            ClassifiedFailure.class,
            e -> {
              assertThat(e.outcome().kind()).isEqualTo(FailureKind.RETRYABLE);
              assertThat(e.outcome().errorClass()).isEqualTo(errorClass);
              assertThat(e.outcome().message()).contains(message);
            });
  }

  @Test
  void a_command_that_speaks_no_protocol_is_judged_by_its_exit_code() throws Exception {
    assertThat(run(List.of("sh", "-c", "echo hello; exit 0"), null, Map.of())).hasSize(1);
    assertThat(log()).contains("hello");
    assertThatThrownBy(() -> run(List.of("sh", "-c", "exit 78"), null, Map.of()))
        .isInstanceOf(CommandRefused.class);
  }

  @Test
  void only_declared_commands_run() {
    assertThatThrownBy(() -> run(List.of("true"), null, Map.of("process", Map.of("command", "sh"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this worker declares no command 'sh', it has [script]")
        .hasMessageContaining("windrow.worker.process.commands.sh");
    assertThatThrownBy(
            () -> run(List.of("true"), null, Map.of("process", Map.of("command", List.of("sh")))))
        .hasMessageContaining("process.command must be the name");
  }

  @Test
  void a_cancelled_command_takes_its_grandchildren_along() throws Exception {
    String token = "3600." + System.nanoTime();
    // One in the group, one in a session of its own, one that ignores the request to end.
    Path script =
        script(
            """
            import signal, subprocess
            windrow.task()
            sleep = ["sleep", "%s"]
            subprocess.Popen(sleep)
            subprocess.Popen(sleep, start_new_session=True)
            subprocess.Popen(sleep, preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_IGN))
            windrow.heartbeat()
            open("ready", "w")
            time.sleep(3600)
            """
                .formatted(token));
    CompletableFuture<@Nullable Throwable> ended =
        CompletableFuture.supplyAsync(
            () -> catchThrowable(() -> run(List.of("python3", script.toString()), null, Map.of())));
    await().atMost(SOON).until(() -> sleepers(token) == 3);

    cancelled.set(true);

    assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    assertThat(sleepers(token)).isZero();
    assertThat(root.resolve("work")).isEmptyDirectory();
  }

  @Test
  void a_lost_lease_leaves_no_time_for_a_good_end() throws Exception {
    String token = "3600." + System.nanoTime();
    Path script =
        script(
            """
            import signal, subprocess
            windrow.task()
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            subprocess.Popen(["sleep", "%s"])
            time.sleep(3600)
            """
                .formatted(token));
    CommandSettings command =
        new CommandSettings(
            List.of("python3", script.toString()), Map.of(), SOON, null, null, LIMITS);
    Cancellation lost =
        new Cancellation() {
          @Override
          public boolean requested() {
            return cancelled.get();
          }

          @Override
          public boolean urgent() {
            return requested();
          }
        };
    ProcessExecutor patient = executor(command, Duration.ofDays(1));
    CompletableFuture<@Nullable Throwable> ended =
        CompletableFuture.supplyAsync(
            () ->
                catchThrowable(
                    () -> patient.execute(Work.of(definition(Map.of()), 1), recorder, lost)));
    await().atMost(SOON).until(() -> sleepers(token) == 1);

    cancelled.set(true);

    assertThat(ended.get(60, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    assertThat(sleepers(token)).isZero();
  }

  @Test
  void nothing_is_left_of_a_success_either() throws Exception {
    String token = "3600." + System.nanoTime();
    run(
        """
        import subprocess
        windrow.task()
        subprocess.Popen(["sleep", "%s"])
        subprocess.Popen(["sleep", "%s"], start_new_session=True)
        windrow.result()
        """
            .formatted(token, token));

    await().atMost(SOON).until(() -> sleepers(token) == 0);
  }

  @Test
  void time_outs_and_silence_end_it() {
    assertThatThrownBy(
            () -> run(command("time.sleep(600)", Duration.ofMillis(700), null, null), Map.of()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("ran longer than its time-out of PT0.7S");
    assertThatThrownBy(
            () -> run(command("time.sleep(600)", SOON, Duration.ofMillis(700), null), Map.of()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("gave no sign of life for PT0.7S");
  }

  @Test
  void memory_is_limited() {
    assertThatThrownBy(
            () ->
                run(
                    command("x = bytearray(600 << 20)", SOON, null, DataSize.ofMegabytes(300)),
                    Map.of()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("MemoryError");
  }

  @Test
  void floods_are_bounded() throws Exception {
    run(
        """
        windrow.task()
        for _ in range(200):
            os.write(1, b"x" * 99999 + b"\\n")
            os.write(2, b"y" * 100000)
        windrow.result()
        """);
    assertThat(recorder.artifacts.get("process.log").length).isLessThan(17_000);
    assertThat(log()).contains("bytes left out");

    assertThatThrownBy(() -> run("windrow.task()\nwhile True: windrow.heartbeat()"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("limits.lines is 1000");
    assertThatThrownBy(() -> run("windrow.task()\nwindrow.log_params({'a' * 100: 'b' * 5000})"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("line 2: is longer than");
  }

  @Test
  void artifacts_from_outside_are_refused() {
    assertThatThrownBy(() -> run("windrow.task()\nwindrow.artifact('../../secret')"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("cannot be named '../../secret'");
    assertThatThrownBy(
            () -> run("windrow.task()\nos.symlink('/etc/hostname', 'a')\nwindrow.artifact('a')"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("it is a link");
    assertThat(recorder.artifacts).doesNotContainKeys("a", "../../secret");
  }

  @Test
  void a_promise_of_predictions_is_kept_or_the_task_fails() {
    assertThatThrownBy(
            () ->
                run(
                    command("windrow.task()\nwindrow.result()", SOON, null, null),
                    Map.of("record", List.of(Map.of("class", "SignalRecord")))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("neither pred.csv nor pred.arrow");
  }

  @Test
  void a_large_task_reaches_it_and_need_not_be_read() throws Exception {
    String large = "x".repeat(3_000_000);
    run(
        command(
            "assert len(windrow.task().definition['large']) == 3000000\nwindrow.result()",
            SOON,
            null,
            null),
        Map.of("large", large));
    run(List.of("sh", "-c", "exit 0"), null, Map.of("large", large));
  }

  @Test
  void work_folders_can_be_kept() throws Exception {
    ProcessSettings keeping =
        new ProcessSettings(
            root.resolve("kept"),
            true,
            Duration.ofSeconds(2),
            Set.of("PATH"),
            Map.of("script", command("open('trace', 'w')", SOON, null, null)));
    new ProcessExecutor(keeping, List.of(), NO_ARTIFACTS)
        .execute(Work.of(definition(Map.of()), 1), recorder, Cancellation.NONE);

    try (var folders = Files.list(root.resolve("kept"))) {
      assertThat(folders.findFirst().orElseThrow()).isDirectoryContaining("glob:**/trace");
    }
  }

  @Test
  void a_worker_that_cannot_run_its_commands_does_not_start() {
    assertThatThrownBy(() -> executor(List.of("no-such-program")))
        .hasMessageContaining("'no-such-program' is no program on the PATH");
    ProcessSettings none =
        new ProcessSettings(root, false, Duration.ofSeconds(2), Set.of(), Map.of());
    assertThatThrownBy(() -> new ProcessExecutor(none, List.of(), NO_ARTIFACTS))
        .hasMessageContaining("no command is declared");
  }

  @Test
  void the_qlib_example_says_what_is_missing() throws Exception {
    assumeThat(python("-c", "import qlib"))
        .as("qlib is importable here: there is nothing missing to be told")
        .isNotZero();

    assertThatThrownBy(
            () ->
                run(List.of("python3", EXAMPLES.resolve("run_qlib.py").toString()), null, Map.of()))
        .isInstanceOf(CommandFailed.class)
        .hasMessageContaining("exit code 69: qlib cannot be imported on this worker");
  }

  private Map<String, Double> run(String script) throws Exception {
    return run(command(script, SOON, null, null), Map.of());
  }

  private Map<String, Double> run(
      List<String> line, @Nullable Duration silence, Map<String, Object> more) throws Exception {
    return run(new CommandSettings(line, Map.of(), SOON, silence, null, LIMITS), more);
  }

  private Map<String, Double> run(CommandSettings command, Map<String, Object> more)
      throws Exception {
    return executor(command).execute(Work.of(definition(more), 1), recorder, cancelled::get);
  }

  private ProcessExecutor executor(List<String> line) {
    return executor(new CommandSettings(line, Map.of(), SOON, null, null, LIMITS));
  }

  private ProcessExecutor executor(CommandSettings command) {
    return executor(command, Duration.ofSeconds(1));
  }

  private ProcessExecutor executor(CommandSettings command, Duration grace) {
    return new ProcessExecutor(
        new ProcessSettings(
            root.resolve("work"),
            false,
            grace,
            Set.of("PATH", "LANG", "LC_ALL", "TZ"),
            Map.of("script", command)),
        List.of(),
        NO_ARTIFACTS);
  }

  private CommandSettings command(
      String script, Duration timeOut, @Nullable Duration silence, @Nullable DataSize memory)
      throws IOException {
    return new CommandSettings(
        List.of("python3", script(script).toString()),
        Map.of("OWN", "yes"),
        timeOut,
        silence,
        memory,
        LIMITS);
  }

  private Path script(String text) throws IOException {
    return Files.writeString(
        Files.createTempFile(root, "script", ".py"),
        "import os, time\nimport windrow_task as windrow\n" + text);
  }

  private static Map<String, Object> definition(Map<String, Object> more) {
    Map<String, Object> definition = new HashMap<>();
    definition.put("process", Map.of("command", "script"));
    definition.put("model", Map.of("class", "M"));
    definition.putAll(more);
    return definition;
  }

  private String log() {
    return new String(recorder.artifacts.get("process.log"), StandardCharsets.UTF_8);
  }

  private static long sleepers(String token) {
    return ProcessHandle.allProcesses()
        .filter(
            each -> Arrays.asList(each.info().arguments().orElse(new String[0])).contains(token))
        .count();
  }

  private static int python(String... args) throws InterruptedException {
    String[] line = new String[args.length + 1];
    line[0] = "python3";
    System.arraycopy(args, 0, line, 1, args.length);
    try {
      return new ProcessBuilder(line)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1; // there is none
    }
  }
}
