package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CliTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Windrow.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  static Stream<String> commands() {
    return new TreeSet<>(Windrow.commandLine().getSubcommands().keySet()).stream();
  }

  @Test
  void has_the_commands_that_the_guides_name() {
    assertThat(commands())
        .contains(
            "demo",
            "up",
            "coordinator",
            "worker",
            "collector",
            "services",
            "import-csv",
            "check-data",
            "generate",
            "submit",
            "token",
            "validate",
            "status",
            "wait",
            "collect",
            "expression",
            "bench",
            "chaos");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void every_command_explains_itself(String command) {
    if (!command.equals("help")) {
      assertThat(run(command, "--help")).isZero();
      assertThat(out.toString()).startsWith("Usage: windrow " + command).contains("Exit codes:");
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  void a_file_of_authorities_that_is_none_is_refused(@TempDir Path folder) throws Exception {
    String absent = folder.resolve("absent.pem").toString();
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path garbled =
        Files.writeString(
            folder.resolve("garbled.pem"),
            "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n");
    for (String file : List.of(absent, empty.toString(), garbled.toString())) {
      assertThat(run("status", "any", "--coordinator=https://127.0.0.1:1", "--ca-file=" + file))
          .isOne();
      assertThat(err.toString()).contains("windrow: the file of authorities " + file);
    }
  }

  @Test
  void a_role_that_would_let_everybody_in_does_not_start() {
    for (String role : List.of("coordinator", "collector")) {
      assertThat(run(role, "--server.address=0.0.0.0", "--windrow.security.mode=off")).isOne();
      assertThat(err.toString())
          .contains("windrow: " + role + ": windrow.security.mode=off, but server.address=0.0.0.0")
          .contains("windrow: Set windrow.security.mode=tokens")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void a_setting_that_is_misspelled_is_named_without_its_value() {
    assertThat(run("coordinator", "--windrow.security.bootstrapToken=a-secret-of-somebody"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("bootstrapToken").doesNotContain("a-secret-of-somebody");
  }

  @Test
  void explains_an_expression() {
    assertThat(run("expression", "Ref($close,-2)/ChangeInstrument('SPY', Mean($close, 0)) - 1"))
        .isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "parsed       Sub(Div(Ref($close,-2),Mean(ChangeInstrument(\"SPY\",$close),0)),1)",
            "fields       $close, $close of SPY",
            "looks back   all days so far",
            "looks ahead  reads the future: 2 days",
            "loads        0 days before, 2 days after, as Qlib counts");
  }

  @Test
  void explains_an_expression_to_programs() {
    assertThat(run("expression", "--json", "Delta(Mean($close, 5), 1)")).isZero();
    assertThat(out.toString())
        .contains("\"parsed\" : \"Delta(Mean($close,5),1)\"")
        .contains("\"field\" : \"close\"")
        .contains("\"lookBack\" : 5", "\"lookAhead\" : 0", "\"loadedBack\" : 4");
  }

  @Test
  void points_at_a_mistake_in_an_expression() {
    assertThat(run("expression", "$close + Maen($close, 5)")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "windrow: unknown operator Maen (did you mean 'Mean'?), at character 10 of \"$close +"
                + " Maen($close, 5)\"",
            "  $close + Maen($close, 5)",
            "           ^",
            "windrow: see windrow expression --help");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void tells_its_version() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("windrow ");
  }

  @Test
  void without_a_command_shows_the_usage_and_fails() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).startsWith("Usage: windrow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fly",
        "submit",
        "generate",
        "generate w.yaml --limit 0",
        "bench generate --iterations many",
        "bench pool --tasks few",
        "validate",
        "wait",
        "collect",
        "import-csv one",
        "status --colour",
        "demo --workers 0",
        "up --slots 0",
        "up --coordinator-port many",
        "up --kafka-port 99999",
        "bench",
        "bench factors",
        "worker --fast",
        "worker --windrow.lease",
        "status --coordinator ftp://there"
      })
  void wrong_usage_is_exit_code_2_and_two_lines(String line) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines().toList()).hasSizeBetween(1, 3);
    assertThat(err.toString()).startsWith("windrow: ").doesNotContain("\tat ");
  }

  @Test
  void a_file_that_is_not_there_is_one_line() {
    assertThat(run("submit", "nowhere.yaml")).isEqualTo(1);
    assertThat(lines(err)).containsExactly("windrow: no file nowhere.yaml");
  }

  @Test
  void an_empty_workflow_and_a_folder_are_told_from_a_workflow(@TempDir Path folder)
      throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.yaml"), " \n");
    assertThat(run("submit", empty.toString())).isEqualTo(1);
    assertThat(run("submit", folder.toString())).isEqualTo(1);
    assertThat(lines(err))
        .containsExactly(
            "windrow: " + empty + " is empty: it should hold a workflow",
            "windrow: " + folder + " is a folder: name the workflow's file");
  }

  @Test
  void results_that_could_not_be_written_are_refused_before_the_work(@TempDir Path folder)
      throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(run("demo", "--out", file.toString())).isEqualTo(1);
    assertThat(run("collect", "some", "--out", "")).isEqualTo(1);
    assertThat(lines(err))
        .containsExactly(
            "windrow: --out: " + file + " is a file: name a folder",
            "windrow: --out is empty: name a folder, or . for the current one");
  }

  @Test
  void a_data_root_must_be_there(@TempDir Path folder) {
    Path gone = folder.resolve("gone");
    assertThat(run("up", "--data-root", gone.toString())).isEqualTo(1);
    assertThat(lines(err)).containsExactly("windrow: --data-root: there is no folder " + gone);
  }

  @Test
  void all_ports_in_use_are_named_at_once() throws Exception {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String first = String.valueOf(one.getLocalPort());
      String second = String.valueOf(two.getLocalPort());
      assertThat(run("up", "--coordinator-port", first, "--collector-port", second)).isEqualTo(1);
      assertThat(err.toString())
          .contains("port " + first + " is in use: choose another with --coordinator-port")
          .contains("port " + second + " is in use: choose another with --collector-port");
    }
  }

  @Test
  void a_variable_that_the_environment_lacks_is_one_line(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("w.yaml"), "a: 1");
    assertThat(run("validate", file.toString(), "--env", "WINDROW_NOBODY_SETS_IT")).isEqualTo(1);
    assertThat(lines(err))
        .singleElement()
        .asString()
        .contains("--env WINDROW_NOBODY_SETS_IT", "--set");
    assertThat(run("submit", file.toString(), "--set", "NO_VALUE")).isEqualTo(2);
  }

  @Test
  void an_empty_csv_folder_is_named(@TempDir Path folder) throws Exception {
    Path csv = Files.createDirectory(folder.resolve("csv"));
    assertThat(run("import-csv", csv.toString(), folder.resolve("data").toString())).isEqualTo(1);
    assertThat(lines(err)).hasSize(1).first().asString().contains(csv.toString());
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void the_demo_refuses_a_folder_that_is_not_there(@TempDir Path folder) {
    assertThat(run("demo", "--data", folder.resolve("no").toString())).isEqualTo(1);
    assertThat(lines(err)).containsExactly("windrow: no folder " + folder.resolve("no"));
  }

  @Test
  void the_demo_refuses_too_short_a_calendar(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("calendars"));
    Files.createDirectories(folder.resolve("instruments"));
    Files.writeString(folder.resolve("calendars/day.txt"), "2020-01-01\n2020-01-02\n");
    Files.writeString(folder.resolve("instruments/all.txt"), "A\t2020-01-01\t2020-01-02\n");
    assertThat(run("demo", "--data", folder.toString())).isEqualTo(1);
    assertThat(lines(err))
        .containsExactly("windrow: the data has only 2 trading days; the demo needs at least 221");
  }

  @Test
  void an_unexpected_error_shows_its_trace_only_on_request() {
    CommandLine command = Windrow.commandLine();
    command.addSubcommand("broken", new Broken());
    command.setErr(new PrintWriter(err, true));
    assertThat(command.execute("broken")).isEqualTo(1);
    assertThat(lines(err)).hasSize(2);
    assertThat(err.toString()).contains("no luck").contains("--verbose").doesNotContain("\tat ");
  }

  private static List<String> lines(StringWriter writer) {
    return writer.toString().lines().toList();
  }

  @CommandLine.Command(name = "broken")
  private static final class Broken implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("no luck");
    }
  }
}
