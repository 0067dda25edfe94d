package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.windrow.coordinator.workflow.YamlDocument.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowLoaderTest {

  private static WorkflowLoader.Loaded load(String text, Map<String, String> bases) {
    return WorkflowLoader.load(new WorkflowSource("w.yaml", text, bases, Map.of("N", "5")));
  }

  private static WorkflowException failure(String text, Map<String, String> bases) {
    return catchThrowableOfType(WorkflowException.class, () -> load(text, bases));
  }

  @Test
  void mergesAsQlibDoes() {
    String base =
        """
        market: &market csi300
        handler:
          instruments: *market
          days: [2008-01-01, 2020-08-01]
          old: 1
        model: {class: LGBModel, kwargs: {lambda_l1: 205.6999, max_depth: 8}}
        text: plain
        """;
    String own =
        """
        BASE_CONFIG_PATH: base.yaml
        market: csi500
        handler:
          days: [2010-01-01]
          old: __DROP__
          never: __DROP__
        model: {kwargs: {max_depth: {{ N }}}}
        text: {now: a map, but: __DROP__}
        added: {x: 1, y: __DROP__}
        """;

    assertThat(load(own, Map.of("base.yaml", base)).document().root())
        .isEqualTo(
            Map.of(
                "market", "csi500",
                // The base's own anchor was followed before: Qlib users stumble over it as well.
                "handler", Map.of("instruments", "csi300", "days", List.of("2010-01-01")),
                "model",
                    Map.of(
                        "class",
                        "LGBModel",
                        "kwargs",
                        Map.of("lambda_l1", 205.6999, "max_depth", 5L)),
                "text", Map.of("now", "a map"),
                "added", Map.of("x", 1L)));
  }

  @Test
  void chainsAndKeepsThePlaceOfEverything() {
    Map<String, String> bases =
        Map.of(
            "shared/middle.yaml", "BASE_CONFIG_PATH: ../base.yaml\na: {y: 2}\n",
            "base.yaml", "\na:\n  x: {{ N }}\n  y: 1\nb: 1\n");

    WorkflowLoader.Loaded loaded = load("b: 3\nBASE_CONFIG_PATH: ./shared/middle.yaml\n", bases);

    assertThat(loaded.document().root()).isEqualTo(Map.of("a", Map.of("x", 5L, "y", 2L), "b", 3L));
    assertThat(loaded.document().place("a.x")).isEqualTo(new Place(3, "base.yaml"));
    assertThat(loaded.document().place("a.y")).isEqualTo(new Place(2, "shared/middle.yaml"));
    assertThat(loaded.document().place("b")).isEqualTo(new Place(1, null));
    assertThat(loaded.document().locate("a.x.missing", "m").toString())
        .isEqualTo("base.yaml: line 3: a.x.missing: m");
  }

  @Test
  void theStoredTextSaysTheSameAlone() {
    String base = "a: 1.0e-10\nb: 1e30\nc: '2020-01-01'\nd: [~, true, \"x: {y\"]\ne: {}\nf: 'no'\n";
    WorkflowLoader.Loaded loaded =
        load("BASE_CONFIG_PATH: b.yml\ng: \"\\u00e9\\\\\"\n", Map.of("b.yml", base));

    assertThat(WorkflowLoader.load(WorkflowSource.of(loaded.text())).document().root())
        .isEqualTo(loaded.document().root());
    assertThat(load("a: {{ N }} # n\n", Map.of()).text()).isEqualTo("a: 5 # n\n");
  }

  @Test
  void asksForTheFileItNeeds() {
    BaseFileMissing missing =
        catchThrowableOfType(
            BaseFileMissing.class, () -> load("\nBASE_CONFIG_PATH: ../x/../b.yaml\n", Map.of()));
    assertThat(missing.file()).isEqualTo("../b.yaml");
    assertThat(missing.problem())
        .extracting(WorkflowProblem::line, WorkflowProblem::path, WorkflowProblem::file)
        .containsExactly(2, "BASE_CONFIG_PATH", null);

    missing =
        catchThrowableOfType(
            BaseFileMissing.class,
            () ->
                load(
                    "BASE_CONFIG_PATH: a.yaml",
                    Map.of("a.yaml", "b: 1\nBASE_CONFIG_PATH: c.yaml")));
    assertThat(missing.file()).isEqualTo("c.yaml");
    assertThat(missing.problem().toString()).startsWith("a.yaml: line 2: BASE_CONFIG_PATH: ");
  }

  @Test
  void refusesCirclesAndLongChains() {
    assertThat(
            failure("BASE_CONFIG_PATH: w.yaml", Map.of("w.yaml", "a: 1"))
                .problems()
                .get(0)
                .message())
        .contains("circle: w.yaml -> w.yaml");
    assertThat(
            failure(
                    "BASE_CONFIG_PATH: a.yaml",
                    Map.of(
                        "a.yaml",
                        "BASE_CONFIG_PATH: b.yaml",
                        "b.yaml",
                        "\nBASE_CONFIG_PATH: a.yaml"))
                .problems()
                .get(0))
        .extracting(WorkflowProblem::file, WorkflowProblem::line)
        .containsExactly("b.yaml", 2);

    Map<String, String> chain =
        IntStream.rangeClosed(1, 20)
            .boxed()
            .collect(
                Collectors.toMap(i -> i + ".yaml", i -> "BASE_CONFIG_PATH: " + (i + 1) + ".yaml"));
    assertThat(failure("BASE_CONFIG_PATH: 1.yaml", chain).problems().get(0).message())
        .contains("ninth base file");
    Map<String, String> eight = new LinkedHashMap<>(chain);
    eight.put("8.yaml", "a: 1");
    assertThat(load("BASE_CONFIG_PATH: 1.yaml", eight).document().root()).containsEntry("a", 1L);
  }

  @ParameterizedTest
  @CsvSource({
    "5, must be the path of a file",
    "[a.yaml], must be the path of a file",
    "'', must be the path of a file",
    "\"a\\0b.yaml\", is not a path"
  })
  void refusesWhatIsNoPath(String value, String message) {
    String text = "BASE_CONFIG_PATH: " + (value.isEmpty() ? "''" : value);
    assertThat(failure(text, Map.of()).problems().get(0).message()).contains(message);
  }

  @Test
  void limitsHoldForBasesAndForTheWhole() {
    assertThat(
            failure("BASE_CONFIG_PATH: b.yaml", Map.of("b.yaml", "a: " + "[".repeat(10_000)))
                .problems()
                .get(0)
                .toString())
        .startsWith("b.yaml: line 1: ")
        .contains("nested deeper than 50 levels");
    assertThat(
            failure("BASE_CONFIG_PATH: b.yaml", Map.of("b.yaml", "a: {{ M }}")).problems().get(0))
        .extracting(WorkflowProblem::file, WorkflowProblem::line)
        .containsExactly("b.yaml", 1);

    String list = "&l [" + "abcdefghij, ".repeat(9_000) + "]";
    String aliases = "a: " + list + "\nb: [*l, *l, *l, *l, *l, *l, *l, *l]\n";
    assertThat(
            failure("BASE_CONFIG_PATH: b.yaml\n", Map.of("b.yaml", aliases))
                .problems()
                .get(0)
                .message())
        .contains("1 MiB together with its bases");
  }

  @Test
  void aBaseOfNullIsNone() {
    assertThat(load("BASE_CONFIG_PATH: ~\na: 1", Map.of()).document().root())
        .isEqualTo(Map.of("a", 1L));
  }
}
