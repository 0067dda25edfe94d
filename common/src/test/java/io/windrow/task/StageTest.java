package io.windrow.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final Stage ONLY = Stage.only("q", Terms.DEFAULT);

  @Test
  void aChangeIsLaidOverTheDefinition() {
    Map<String, Object> definition =
        Map.of("model", Map.of("class", "M", "kwargs", Map.of("a", 1)), "record", List.of("x"));
    Stage stage =
        stage(
            "s",
            Map.of(
                "model",
                Map.of("kwargs", Map.of("b", 2), "class", "__DROP__"),
                "record",
                List.of(),
                "gone",
                "__DROP__"));

    assertThat(stage.definition(definition))
        .isEqualTo(
            Map.of("model", Map.of("kwargs", Map.of("a", 1L, "b", 2L)), "record", List.of()));
    assertThat(ONLY.definition(definition)).isSameAs(definition);
  }

  @Test
  void stagesHaveNamesOfTheirOwn() {
    assertThatThrownBy(() -> task(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> task(List.of(ONLY, ONLY)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> task(List.of(ONLY, stage("a", Map.of()))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> task(List.of(stage("a", Map.of()), stage("a", Map.of()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsFollowNamesChangesAndOrderOfStagesButNotTheOrderOfKeys() {
    Stage a = stage("a", Map.of("x", 1, "y", 2));
    Stage b = stage("b", Map.of());
    Map<String, Object> turned = new LinkedHashMap<>();
    turned.put("y", 2.0);
    turned.put("x", 1.0);

    String id = task(List.of(a, b)).id();
    assertThat(task(List.of(new Stage("a", turned, "elsewhere", new Terms(9, null, null)), b)).id())
        .isEqualTo(id);
    assertThat(List.of(task(List.of(b, a)).id(), task(List.of(a)).id(), task(List.of(ONLY)).id()))
        .doesNotContain(id)
        .doesNotHaveDuplicates();
    assertThat(task(List.of(ONLY)).id())
        .isEqualTo(TaskId.of("p", "e", Map.of("n", 1), null, List.of()));
  }

  private static Stage stage(String name, Map<String, Object> change) {
    return new Stage(name, change, "q", Terms.DEFAULT);
  }

  private static NewTask task(List<Stage> stages) {
    return new NewTask("p", "e", "s", 0, 0, Map.of("n", 1), null, List.of(), stages);
  }
}
