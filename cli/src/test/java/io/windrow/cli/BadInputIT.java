package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.client.Endpoint;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees when something is wrong: lines to act on, never a stack trace. */
class BadInputIT {
  private static final String NOWHERE = "127.0.0.1:1";
  private static final String WAIT = "--windrow.startup.wait=1s";

  @TempDir static Path shared;
  static WindrowProcess cluster;
  static String coordinator;
  static Path data;

  @BeforeAll
  static void up() throws IOException {
    data = shared.resolve("data");
    SampleMarket.write(shared.resolve("csv"), 3);
    WindrowProcess.run(
        shared, "import", "import-csv", shared.resolve("csv").toString(), data.toString());
    cluster =
        WindrowProcess.start(
            shared,
            "up",
            "up",
            "--data-root",
            shared.toString(),
            "--coordinator-port",
            "0",
            "--collector-port",
            "0",
            "--worker-port",
            "0");
    coordinator = cluster.awaitLine("coordinator ");
    cluster.awaitLine("Windrow is up");
  }

  @AfterAll
  static void down() {
    assertThat(cluster.stop()).isEqualTo(143);
    assertThat(cluster.errors()).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "worker", "collector"})
  void no_store_is_said_after_a_bounded_wait(String role, @TempDir Path folder) {
    WindrowProcess process =
        WindrowProcess.run(
            folder, role, role, "--mongodb", "mongodb://" + NOWHERE + "/windrow", WAIT);
    assertThat(process.exitCode()).isEqualTo(1);
    assertThat(process.errors())
        .contains(role + ": MongoDB at " + NOWHERE + " is not reachable", "WINDROW_MONGODB_URI");
    assertPlain(process);
  }

  @Test
  void who_waits_for_a_store_can_be_ended(@TempDir Path folder) {
    WindrowProcess process =
        WindrowProcess.start(
            folder, "worker", "worker", "--mongodb", "mongodb://" + NOWHERE + "/windrow");
    process.awaitError("waiting for MongoDB");
    assertThat(process.stop()).isEqualTo(143);
    // Not after its half minute of waiting.
    assertThat(process.errors()).contains("windrow: stopping").doesNotContain("no connection");
    assertPlain(process);
  }

  @Test
  void no_broker_is_said_after_a_bounded_wait(@TempDir Path folder) {
    try (EmbeddedStore store = EmbeddedStore.inMemory()) {
      WindrowProcess process =
          WindrowProcess.run(
              folder,
              "worker",
              "worker",
              "--mongodb",
              store.uri(),
              "--kafka",
              NOWHERE,
              "--windrow.startup.wait=10s");
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.errors()).contains("Kafka at " + NOWHERE + " is not reachable");
      assertPlain(process);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "up, --coordinator-port",
    "up, --collector-port",
    "up, --worker-port",
    "up, --kafka-port",
    "up, --mongodb-port",
    "services, --kafka-port",
    "services, --mongodb-port"
  })
  void a_port_in_use_is_named(String command, String option, @TempDir Path folder)
      throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      WindrowProcess process =
          command.equals("services")
              ? WindrowProcess.run(
                  folder,
                  "services",
                  "services",
                  option.equals("--kafka-port") ? "--mongodb-port" : "--kafka-port",
                  "0",
                  option,
                  port)
              : up(folder, option, port);
      assertThat(process.exitCode()).as(process.output()).isEqualTo(1);
      assertThat(process.errors()).contains("port " + port).contains("in use");
      assertPlain(process);
    }
  }

  @Test
  void nobody_there_is_one_line_with_the_address_and_the_option(@TempDir Path folder) {
    WindrowProcess status =
        WindrowProcess.run(folder, "status", "status", "--coordinator", "http://" + NOWHERE);
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.errors().lines())
        .containsExactly(
            "windrow: no coordinator at http://127.0.0.1:1: start one with 'windrow up', or give"
                + " its address with --coordinator or WINDROW_COORDINATOR");
  }

  @Test
  void three_mistakes_of_a_workflow_are_three_lines_and_no_task(@TempDir Path folder)
      throws IOException {
    String text =
        SampleMarket.workflow(data)
            .replace("class: LGBModel", "class: LGBMModel")
            .replace("step: 16", "step: 0")
            .replace("class: SigAnaRecord", "class: SigAnnaRecord");
    WindrowProcess submit = submit(folder, text);
    assertThat(submit.exitCode()).isEqualTo(1);
    List<String> lines = submit.errors().lines().toList();
    assertThat(lines).hasSize(4).last().isEqualTo("windrow: 3 mistakes, nothing was submitted");
    assertThat(lines.subList(0, 3)).allMatch(line -> line.matches("windrow: line [1-9]\\d*: .*"));
    assertThat(submit.errors())
        .contains("LGBMModel", "LGBModel", "SigAnnaRecord", "SigAnaRecord", "step");
    assertThat(new CoordinatorClient(Endpoint.coordinator(coordinator)).submissions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'provider_uri: \"DATA\"', 'provider_uri: \"DATA/csv\"', calendar",
    "'instruments: all', 'instruments: []', instrument",
    "'instruments: all', 'instruments: nobody', nobody",
    "'test: [2019-07-01, 2020-12-31]', 'test: [2031-07-01, 2031-12-31]', 2031-07-01",
    "'train: [2018-04-02, 2019-03-29]', 'trian: [2018-04-02, 2019-03-29]', train",
    "'step: 16', 'step: many', step"
  })
  void what_is_wrong_with_a_workflow_is_named(
      String was, String is, String named, @TempDir Path folder) throws IOException {
    Path csv = Files.createDirectories(data.resolve("csv"));
    assertThat(csv).isEmptyDirectory();
    String original = SampleMarket.workflow(data);
    String text =
        original.replace(was.replace("DATA", data.toString()), is.replace("DATA", data.toString()));
    assertThat(text).isNotEqualTo(original);
    WindrowProcess submit = submit(folder, text);
    assertThat(submit.exitCode()).as(submit.output()).isEqualTo(1);
    assertThat(submit.errors()).contains(named);
    assertPlain(submit);
    assertThat(new CoordinatorClient(Endpoint.coordinator(coordinator)).submissions()).isEmpty();
  }

  private static WindrowProcess submit(Path folder, String text) throws IOException {
    Path file = Files.writeString(folder.resolve("workflow.yaml"), text);
    return WindrowProcess.run(
        folder, "submit", "submit", file.toString(), "--coordinator", coordinator);
  }

  private static WindrowProcess up(Path folder, String option, String port) {
    String[] args = {
      "up",
      "--coordinator-port",
      option.equals("--coordinator-port") ? port : "0",
      "--collector-port",
      option.equals("--collector-port") ? port : "0",
      "--worker-port",
      option.equals("--worker-port") ? port : "0",
      "--kafka-port",
      option.equals("--kafka-port") ? port : "0",
      "--mongodb-port",
      option.equals("--mongodb-port") ? port : "0"
    };
    return WindrowProcess.run(folder, "up", args);
  }

  private static void assertPlain(WindrowProcess process) {
    assertThat(process.errors()).doesNotContain("\tat ", "Exception");
    assertThat(process.errors().lines().filter(line -> line.startsWith("windrow: ")))
        .hasSizeBetween(1, 4);
  }
}
