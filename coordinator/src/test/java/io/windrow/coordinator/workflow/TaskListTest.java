package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.quant.data.DataRoots;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workflow whose {@code task} is a list. */
class TaskListTest {
  private static final String VALID = WorkflowText.valid();
  private static final int TASK = VALID.indexOf("task:\n") + "task:\n".length();
  private static final int AFTER_TASK = VALID.indexOf("\nwindrow:") + 1;

  @TempDir Path root;
  private WorkflowParser parser;

  @BeforeEach
  void market() {
    MarketFolder.create(root, "market", NyseCalendar.days());
    parser = new WorkflowParser(new DataRoots(List.of(root)));
  }

  @Test
  void hasATemplateForEachTask() {
    String task = VALID.substring(TASK, AFTER_TASK);
    Workflow workflow = parser.parse(list(task, task.replace("num_leaves: 210", "num_leaves: 15")));

    assertThat(workflow.templates()).hasSize(2);
    assertThat(workflow.templates().get(0)).isEqualTo(parser.parse(VALID).templates().get(0));
    assertThat(workflow.templates().get(1).at(List.of("model", "kwargs", "num_leaves")))
        .isEqualTo(15L);
    assertThat(workflow.warnings())
        .extracting(WorkflowProblem::path, WorkflowProblem::message)
        .containsExactly(
            tuple(
                "task.1",
                "has the model class and the test segment of task.0, so its results take the place"
                    + " of the other's: name what tells them apart in windrow.collect.key"));
  }

  @Test
  void isSilentWhenTheSeriesAreToldApart() {
    String task = VALID.substring(TASK, AFTER_TASK);
    String two = list(task, task.replace("num_leaves: 210", "num_leaves: 15"));

    assertThat(
            parser
                .parse(
                    two.replace(
                        "windrow:\n",
                        "windrow:\n    collect: {key: [model.class, model.kwargs.num_leaves]}\n"))
                .warnings())
        .isEmpty();
    assertThat(
            parser
                .parse(list(task, task.replace("test: [2017-01-01,", "test: [2018-01-01,")))
                .warnings())
        .isEmpty();
  }

  @Test
  void tellsWhichTaskIsWrongAndItsLine() {
    String task = VALID.substring(TASK, AFTER_TASK);
    String file = list(task, task.replace("class: LGBModel", "class: LGBModle"));

    WorkflowException e = catchThrowableOfType(WorkflowException.class, () -> parser.parse(file));

    assertThat(e.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.path()).isEqualTo("task.1.model.class");
              assertThat(file.lines().toList().get(problem.line() - 1)).contains("LGBModle");
            });
  }

  @Test
  void refusesAListWithoutTasks() {
    String head = VALID.substring(0, TASK - 1);

    for (String tasks : List.of(" []\n", " [3]\n")) {
      assertThat(
              catchThrowableOfType(WorkflowException.class, () -> parser.parse(head + tasks))
                  .problems())
          .extracting(problem -> problem.path() + " " + problem.message())
          .containsExactly(
              tasks.contains("3") ? "task.0 must be a map, not '3'" : "task has no task in it");
    }
  }

  private static String list(String... tasks) {
    StringBuilder file = new StringBuilder(VALID.substring(0, TASK));
    for (String task : tasks) {
      file.append("  -\n")
          .append(task.lines().map(line -> "  " + line).collect(Collectors.joining("\n")))
          .append('\n');
    }
    return file.append(VALID.substring(AFTER_TASK)).toString();
  }
}
