package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.coordinator.workflow.YamlDocument.Place;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectSectionTest {
  private static final String FILE =
      """
      task:
        model: {class: LGBModel, kwargs: {loss: mse}}
      windrow:
        collect:
          %s
      """;

  private final List<Problem> problems = new ArrayList<>();
  private Map<String, Place> places = Map.of();

  @Test
  void rollsIfNothingIsDeclared() {
    assertThat(read("{}")).isEqualTo(Map.of("ensemble", "rolling"));
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ensemble: average                      | {ensemble=average}
          ensemble: [rolling, average]           | {ensemble=[rolling, average]}
          ensemble: []                           | {ensemble=[]}
          key: model.kwargs.loss                 | {ensemble=rolling, key=[model.kwargs.loss]}
          key: [model.class, dataset.kwargs.handler.kwargs.label] | {ensemble=rolling, key=[model.class, dataset.kwargs.handler.kwargs.label]}
          artifacts: [pred]                      | {ensemble=rolling, artifacts=[pred]}
          """)
  void takesWhatIsDeclared(String yaml, String expected) {
    assertThat(read(yaml)).hasToString(expected);
    assertThat(problems).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ensemble: averge             | windrow.collect.ensemble   | did you mean 'average'?
          ensemble: [rolling, averge]  | windrow.collect.ensemble.1 | did you mean 'average'?
          ensemble: [average, rolling] | windrow.collect.ensemble   | rolling must come first
          ensemble: 7                  | windrow.collect.ensemble   | must be a list
          ensmble: rolling             | windrow.collect.ensmble    | did you mean 'ensemble'?
          key: modle.class             | windrow.collect.key        | did you mean 'model.class'?
          key: [model.class, [a]]      | windrow.collect.key.1      | must be a text
          artifacts: [pred, labels]    | windrow.collect.artifacts.1 | did you mean 'label'?
          artifacts: []                | windrow.collect.artifacts  | some of [pred, label]
          """)
  void saysWhereAndWhatIsWrong(String yaml, String path, String message) {
    assertThat(read(yaml)).isNotEmpty();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).path()).isEqualTo(path);
    assertThat(problems.get(0).message()).contains(message);
    assertThat(places.get(path)).isEqualTo(new Place(5, null));
  }

  private Map<String, Object> read(String collect) {
    YamlDocument document = YamlReader.read(FILE.formatted(collect));
    places = document.places();
    Section root = Section.root(document.root(), problems);
    return CollectSection.read(
        root.optionalSection("windrow").optionalSection("collect"), root.raw("task"));
  }
}
