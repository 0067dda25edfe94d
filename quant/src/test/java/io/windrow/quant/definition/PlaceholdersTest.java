package io.windrow.quant.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {
  private static final Map<String, Object> DATASET =
      Map.of("kwargs", Map.of("segments", Map.of("test", List.of("2020-01-02", "2020-02-03"))));

  private final List<Problem> problems = new ArrayList<>();

  private Object filled(String text) {
    Map<String, Object> task =
        Map.of("dataset", DATASET, "record", List.of(Map.of("config", Map.of("key", text))));
    Map<?, ?> filled = Placeholders.fill(task, problems);
    Map<?, ?> record = (Map<?, ?>) ((List<?>) filled.get("record")).get(0);
    return ((Map<?, ?>) record.get("config")).get("key");
  }

  @ParameterizedTest
  @CsvSource({
    "<MODEL>, <MODEL>",
    "<PRED>, <PRED>",
    "<dataset.kwargs.segments.test.0>, 2020-01-02",
    "<dataset.kwargs.segments.test.1> 15:00, 2020-02-03",
    "x<MODEL>, x<MODEL>",
    "x<dataset>, x<dataset>",
    "<, <",
    "<recorder:abc/params>, <recorder:abc/params>"
  })
  void fillsAsQlibDoes(String text, String expected) {
    assertThat(filled(text)).isEqualTo(expected);
    assertThat(problems).isEmpty();
  }

  @Test
  void fillsWithWholeSections() {
    assertThat(filled("<dataset>")).isEqualTo(DATASET);
    assertThat(filled("<record.0.config>")).isEqualTo(Map.of("key", "<record.0.config>"));
  }

  @ParameterizedTest
  @CsvSource({
    "<MODLE>, did you mean '<MODEL>'",
    "<dataset.kwargs.segments.test.2>, names nothing",
    "<dataset..kwargs>, names nothing",
    "<dataset.kwargs.segments.test.99999999999>, names nothing"
  })
  void namesWhatNamesNothing(String text, String message) {
    assertThat(filled(text)).isEqualTo(text);
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("record.0.config.key");
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void refusesWhatNobodyFillsIn() {
    Placeholders.fill(
        Map.of(
            "model", Map.of("kwargs", Map.of("x", "<MODEL>")),
            "dataset", List.of("<dataset.kwargs>"),
            "record", Map.of("kwargs", Map.of("pred", "<PRED>"))),
        problems);

    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly("model.kwargs.x", "dataset.0", "record.kwargs.pred");
  }
}
