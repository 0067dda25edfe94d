package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.definition.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** References in the definition of a task that comes without a workflow. */
class DefinitionCheckTest {
  private static final String TASK = "0123456789abcdef".repeat(4);

  @TempDir Path root;

  @Test
  void aTaskByItselfHasNoPreviousWindow() {
    assertThat(problems("<recorder:previous_window>"))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("model.kwargs.init_model");
              assertThat(problem.message()).contains("write the task's id");
            });
  }

  @Test
  void anothersModelIsNamedByItsTask() {
    assertThat(problems("<recorder:" + TASK + ">")).isEmpty();
    assertThat(problems("/models/mine.txt"))
        .extracting(Problem::path)
        .containsExactly("model.kwargs.init_model");
  }

  private List<Problem> problems(String initModel) {
    MarketFolder.create(root, "market", NyseCalendar.days());
    DataRoots roots = new DataRoots(List.of(root));
    TaskDefinition task = new WorkflowParser(roots).parse(WorkflowText.valid()).templates().get(0);
    return new DefinitionCheck(roots)
        .check(task.with(List.of("model", "kwargs", "init_model"), initModel).json());
  }
}
