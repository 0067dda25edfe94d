package io.windrow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.deploy.Dockerfile.Instruction;
import io.windrow.deploy.Dockerfile.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder takes without a word and an operator would not. */
class DockerfileTest {
  private static final List<String> ROLES = List.of("coordinator", "collector", "worker");

  @Test
  void isClean() {
    assertThat(complaints(Dockerfile.read())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM eclipse-temurin:25.0.3_9-jre-noble AS base | FROM eclipse-temurin:latest AS base | version",
        "FROM eclipse-temurin:25.0.3_9-jre-noble AS base | FROM eclipse-temurin AS base | version",
        "USER 10001:10001 | USER windrow | number",
        "USER 10001:10001 | USER 0 | number",
        "COPY --from=build /image/windrow/ ./ | ADD https://example.org/a.jar ./ | ADD",
        "COPY --from=build /image/windrow/ ./ | COPY --from=builds /image/windrow/ ./ | builds",
        "COPY . . | COPY source . | source",
        "EXPOSE 8472 | EXPOSE 8473 | 8473",
        "-XX:AOTCache=/opt/windrow/worker.aot | -XX:AOTCache=/opt/windrow/collector.aot | worker: does not start from a cache",
        "/opt/windrow/windrow.jar worker | /opt/windrow/windrow.jar collector | worker: does not start from a cache",
        "--no-install-recommends |  | recommended",
        "&& rm -rf /var/lib/apt/lists/* |  | lists",
        "ARG REVISION=unknown | ARG API_TOKEN=x | API_TOKEN",
        "ENTRYPOINT [\"java\", \"-XX:AOTCache=/opt/windrow/worker.aot\", \"-jar\", \"/opt/windrow/windrow.jar\", \"worker\"] | ENTRYPOINT java -jar windrow.jar worker | exec",
      })
  void noticesWhatIsWrong(String good, String bad, String complaint) throws IOException {
    String text = Files.readString(Path.of("Dockerfile"));
    assertThat(text).contains(good);

    assertThat(complaints(Dockerfile.parse(text.replace(good, bad == null ? "" : bad))))
        .anySatisfy(said -> assertThat(said).contains(complaint));
  }

  /** The builder is sent what it copies and builds, and neither secrets nor what was built. */
  @ParameterizedTest
  @ValueSource(strings = {"pom.xml", "cli", "quant", "examples", "deploy/image", "deploy/pom.xml"})
  void contextHasWhatIsBuilt(String path) throws IOException {
    assertThat(Files.readAllLines(Path.of("..", ".dockerignore"))).contains("*", "!" + path);
    assertThat(Path.of("..", path)).exists();
  }

  private static List<String> complaints(Dockerfile dockerfile) {
    List<String> complaints = new ArrayList<>();
    for (Stage stage : dockerfile.stages().values()) {
      if (!dockerfile.stages().containsKey(stage.base())
          && !stage.base().matches(".+:\\d+\\.\\d+[^:]*")) {
        complaints.add(stage.name() + ": " + stage.base() + " names no version");
      }
      for (Instruction instruction : stage.own()) {
        complaints(dockerfile, stage, instruction).stream()
            .map(complaint -> stage.name() + ": " + complaint)
            .forEach(complaints::add);
      }
    }
    for (String image : List.of("coordinator", "collector", "worker", "cli")) {
      String user =
          dockerfile
              .last(image, "USER")
              .map(Instruction::rest)
              .orElse("root")
              .replaceFirst(":.*", "");
      if (!user.matches("[1-9]\\d+")) {
        complaints.add(image + ": the user '" + user + "' is no number above 0");
      }
      if (dockerfile.last(image, "ENTRYPOINT").isEmpty()) {
        complaints.add(image + ": has no entry point");
      }
    }
    for (String role : ROLES) {
      Set<String> exposed =
          new HashSet<>(dockerfile.last(role, "EXPOSE").map(Instruction::words).orElse(List.of()));
      Set<String> opened =
          role.equals("worker")
              ? Set.of(RoleSettings.of(role).byDefault("server.port"))
              : Set.of(RoleSettings.of(role).byDefault("server.port"), "8480");
      if (!exposed.equals(opened)) {
        complaints.add(role + ": exposes " + exposed + ", but opens " + opened);
      }
      if (!startsFromItsCache(dockerfile, role)) {
        complaints.add(role + ": does not start from a cache of its own");
      }
    }
    return complaints;
  }

  /** Whether the cache that its entry point names is made, from the program that it starts. */
  private static boolean startsFromItsCache(Dockerfile dockerfile, String role) {
    List<String> start =
        dockerfile.last(role, "ENTRYPOINT").map(Instruction::words).orElse(List.of());
    String folder = "/opt/windrow/";
    return start.contains("-XX:AOTCache=" + folder + role + ".aot")
        && start.contains(role)
        && dockerfile.instructions(role).stream()
            .filter(each -> each.keyword().equals("RUN"))
            .anyMatch(each -> each.rest().endsWith(" " + folder + "windrow.jar " + role));
  }

  private static List<String> complaints(
      Dockerfile dockerfile, Stage stage, Instruction instruction) {
    List<String> complaints = new ArrayList<>();
    String rest = instruction.rest();
    switch (instruction.keyword()) {
      case "ADD" -> complaints.add("ADD fetches and unpacks: use COPY");
      case "ENTRYPOINT", "CMD" -> {
        if (!instruction.isExec()) {
          complaints.add(
              instruction.keyword() + " is not in the exec form: signals end at a shell");
        }
      }
      case "RUN" -> {
        if (rest.contains("apt-get install")) {
          if (!rest.contains("--no-install-recommends")) {
            complaints.add("apt-get installs what is recommended, too");
          }
          if (!rest.contains("rm -rf /var/lib/apt/lists/*")) {
            complaints.add("apt's lists stay in the layer");
          }
        }
      }
      case "COPY" -> complaints.addAll(missingSources(dockerfile, instruction));
      case "ENV", "ARG" -> {
        if (rest.matches("(?i).*(password|secret|token|api_?key).*")) {
          complaints.add("a secret in the image: " + rest);
        }
      }
      case "FROM", "WORKDIR", "LABEL", "USER", "EXPOSE" -> {
        if (rest.isBlank()) {
          complaints.add(instruction.keyword() + " of nothing");
        }
      }
      default ->
          complaints.add(instruction.keyword() + " in " + stage.name() + " is not known here");
    }
    return complaints;
  }

  private static List<String> missingSources(Dockerfile dockerfile, Instruction copy) {
    List<String> words = copy.words();
    if (words.get(0).startsWith("--from=")) {
      String from = words.get(0).substring("--from=".length());
      // What the stage made is seen in ImageIT.
      return dockerfile.stages().containsKey(from)
          ? List.of()
          : List.of("copies from a stage that is not there: " + from);
    }
    return words.subList(0, words.size() - 1).stream()
        .filter(source -> !Files.exists(Path.of("..", source)))
        .map(source -> "copies what is not there: " + source)
        .toList();
  }
}
