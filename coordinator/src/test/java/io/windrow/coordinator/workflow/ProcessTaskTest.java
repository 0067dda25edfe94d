package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.quant.data.DataRoots;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTaskTest {
  private static final String VALID =
      """
      qlib_init: {provider_uri: market, region: us}
      task:
        process: {command: train}
        model:
          class: MyTransformer
          module_path: research.models
          kwargs: {layers: 4}
        anything: [1, 2]
        dataset:
          class: MyDataset
          kwargs:
            segments:
              train: [2015-01-01, 2016-12-31]
              test: [2017-01-01, 2020-08-01]
        record: {class: SignalRecord}
      windrow:
        rolling: {step: 550, type: sliding}
      """;

  @TempDir Path root;
  private WorkflowParser parser;

  @BeforeEach
  void market() {
    MarketFolder.create(root, "market", NyseCalendar.days());
    parser = new WorkflowParser(new DataRoots(List.of(root)));
  }

  @Test
  void takesModelsAndDatasetsThatOnlyTheCommandKnows() {
    Map<String, Object> definition = parser.parse(VALID).templates().get(0).json();

    assertThat(definition)
        .containsEntry("process", Map.of("command", "train"))
        .containsEntry("anything", List.of(1L, 2L))
        .containsEntry("record", List.of(Map.of("class", "SignalRecord")))
        .containsKeys("qlib_init", "model", "dataset");
  }

  @Test
  void refusesCommandLinesAndPaths() {
    String message =
        "must be the name of a command that the workers declare (1 to 63 of a-z 0-9 -)";
    assertThat(problems(VALID.replace("command: train", "command: /bin/sh")))
        .containsExactly(tuple(3, "task.process.command", message + ", not '/bin/sh'"));
    assertThat(problems(VALID.replace("command: train", "command: [sh, -c, ls]")))
        .extracting(problem -> problem.toList().get(1))
        .containsOnly("task.process.command");
    assertThat(problems(VALID.replace("{command: train}", "{command: train, args: [-x]}")))
        .containsExactly(tuple(3, "task.process.args", "is not known here; known: command"));
  }

  @Test
  void needsTheDaysToPredict() {
    assertThat(problems(VALID.replace("        test: [2017-01-01, 2020-08-01]\n", "")))
        .extracting(problem -> problem.toList().get(1))
        .containsExactly("task.dataset.kwargs.segments.test");
    assertThat(problems(VALID.replace("test: [2017-01-01, 2020-08-01]", "test: tomorrow")))
        .extracting(problem -> problem.toList().get(1))
        .containsExactly("task.dataset.kwargs.segments.test");
  }

  private List<org.assertj.core.groups.Tuple> problems(String file) {
    return catchThrowableOfType(WorkflowException.class, () -> parser.parse(file))
        .problems()
        .stream()
        .map(each -> tuple(each.line(), each.path(), each.message()))
        .toList();
  }
}
