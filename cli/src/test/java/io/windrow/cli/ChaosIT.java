package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The packaged {@code windrow chaos} for a short while: what is promised holds although workers,
 * leader, broker and store are killed and a worker is stopped past its lease; and without fencing
 * the check fails. How long recovery takes is not judged here: the machine may be busy.
 */
@Tag("alone")
class ChaosIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void nothing_is_lost_and_nothing_done_twice(@TempDir Path folder) {
    WindrowProcess chaos = chaos(folder, "--minutes", "0.25", "--seed", "3", "--lease", "8");

    JsonNode result = JSON.readTree(chaos.output());
    assertThat(chaos.exitCode()).as(() -> found(result)).isZero();
    assertThat(result.path("tasks").asInt()).isGreaterThan(50);
    assertThat(result.path("lost").asInt()).isZero();
    assertThat(result.path("duplicated").asInt()).isZero();
    assertThat(result.path("faults").propertyNames())
        .contains("WORKER_KILL", "WORKER_STOP", "LEADER_KILL", "BROKER_KILL", "STORE_KILL");
    assertThat(result.path("attempts").path("expired").asInt())
        .as("a killed and a stopped worker's attempts ran out")
        .isPositive();
    assertThat(folder.resolve("record")).as("it keeps what it was told to").exists();
  }

  /** A worker must be stopped at the right moment for that: several runs get their chance. */
  @Test
  void without_fencing_outcomes_are_overwritten_and_it_is_noticed(@TempDir Path folder) {
    WindrowProcess chaos;
    JsonNode result;
    int seed = 4;
    do {
      Path own = folder.resolve("seed-" + seed);
      assertThat(own.toFile().mkdir()).isTrue();
      chaos =
          chaos(
              own,
              "--minutes",
              "0.4",
              "--seed",
              String.valueOf(seed),
              "--lease",
              "4",
              "--unfenced");
      result = JSON.readTree(chaos.output());
      seed++;
    } while (result.path("duplicated").asInt() == 0 && seed < 8);

    assertThat(result.path("duplicated").asInt()).as(found(result)).isPositive();
    assertThat(chaos.exitCode()).as(found(result)).isEqualTo(1);
    assertThat(chaos.errors()).contains("record: ");
  }

  private static WindrowProcess chaos(Path folder, String... more) {
    String[] arguments = {
      "chaos",
      "--workers",
      "2",
      "--every",
      "3",
      "--json",
      "--keep",
      folder.resolve("record").toString()
    };
    String[] all = new String[arguments.length + more.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return WindrowProcess.run(folder, "chaos", all);
  }

  /** What was broken, with the faults; the tasks would fill pages. */
  private static String found(JsonNode result) {
    return result.path("guarantees") + " " + result.path("history").path("faults");
  }
}
