package io.windrow.coordinator.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.quant.data.DataRoots;
import io.windrow.task.BackOff;
import io.windrow.task.Isolation;
import io.windrow.task.Stage;
import io.windrow.task.Terms;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code windrow.stages}: what it means, and where its mistakes are told. */
class StagesWorkflowTest {
  @TempDir Path root;
  private WorkflowParser parser;

  @BeforeEach
  void market() {
    MarketFolder.create(root, "market", NyseCalendar.days());
    parser = new WorkflowParser(new DataRoots(List.of(root)));
  }

  @Test
  void aStageChangesTheTaskAndTakesWhatItDoesNotSayFromTheWorkflow() {
    Workflow workflow =
        parser.parse(
            staged(
                """
                        - name: train
                          task: {record: []}
                        - name: report
                          process: {command: report}
                          task: {model: {kwargs: {num_leaves: __DROP__}}}
                          queue: reports
                          timeout: 90s
                          isolation: process
                          retry: {max_attempts: 5, first: 1s, max: 2s, jitter: 0}
                """));

    Terms own =
        new Terms(
            5,
            new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(2), 0),
            Duration.ofSeconds(90),
            Isolation.PROCESS);
    assertThat(workflow.settings().stages())
        .containsExactly(
            new Stage("train", Map.of("record", List.of()), "research", new Terms(2, null, null)),
            new Stage(
                "report",
                Map.of(
                    "process",
                    Map.of("command", "report"),
                    "model",
                    Map.of("kwargs", Map.of("num_leaves", "__DROP__"))),
                "reports",
                own));
    Map<String, Object> report =
        workflow.settings().stages().get(1).definition(workflow.templates().get(0).json());
    assertThat(report).containsKeys("process", "dataset", "record");
    assertThat(((Map<?, ?>) report.get("model")).get("kwargs").toString())
        .contains("lambda_l1")
        .doesNotContain("num_leaves");
  }

  @Test
  void mistakesOfASectionStandOnTheirLines() {
    String file =
        staged(
            """
                    - {name: Train, queue: deadletter}
                    - {name: report, timeout: soon, colour: red}
                    - {name: report}
                    - name: other
                      retry: {max_attempts: 0}
                      process: {command: a}
                      task: {process: {command: b}, dataset: {kwargs: {segments: {test: [2019-01-01, 2019-12-31]}}}}
            """);

    assertThat(problems(file))
        .contains(
            tuple(line(file, "Train"), "windrow.stages.0.name"),
            tuple(line(file, "Train"), "windrow.stages.0.queue"),
            tuple(line(file, "soon"), "windrow.stages.1.timeout"),
            tuple(line(file, "soon"), "windrow.stages.1.colour"),
            tuple(line(file, "- {name: report}"), "windrow.stages.2.name"),
            tuple(line(file, "max_attempts: 0"), "windrow.stages.3.retry.max_attempts"),
            tuple(line(file, "command: a"), "windrow.stages.3.process"),
            tuple(line(file, "command: b"), "windrow.stages.3.task.dataset.kwargs.segments"));
  }

  @Test
  void aMistakeInWhatAStageRunsStandsInThePlaceThatMadeIt() {
    String file =
        staged(
            """
                    - {name: train}
                    - name: second
                      task: {model: {class: NoSuchModel}}
                    - name: third
                      process: {command: "rm -rf /"}
            """);

    assertThat(problems(file))
        .containsExactly(
            tuple(line(file, "NoSuchModel"), "windrow.stages.1.task.model.class"),
            tuple(line(file, "rm -rf"), "windrow.stages.2.process.command"));
  }

  @Test
  void aMistakeOfTheTaskIsToldOnceAndOnlyIfAStageRunsIt() {
    String wrong = "class: NoSuchModel";
    String file =
        WorkflowText.replace(
            staged("        - {name: a}\n        - {name: b}\n"), "class: LGBModel", wrong);
    assertThat(problems(file)).containsExactly(tuple(line(file, wrong), "task.model.class"));

    String mended =
        WorkflowText.replace(
            staged("        - {name: a, task: {model: {class: LGBModel}}}\n"),
            "  class: LGBModel\n",
            "  " + wrong + "\n");
    assertThat(parser.parse(mended).settings().stages()).hasSize(1);
  }

  @Test
  void aStageMayReadTheModelOfAnEarlierOneOnly() {
    String good =
        staged(
            """
                    - {name: train, task: {record: []}}
                    - {name: predict, task: {model: "<recorder:previous_stage>"}}
                    - {name: again, task: {model: "<recorder:stage:train>"}}
            """);
    assertThat(parser.parse(good).settings().stages()).hasSize(3);

    String bad =
        staged(
            """
                    - {name: first, task: {model: "<recorder:previous_stage>"}}
                    - {name: second, task: {model: "<recorder:stage:third>"}}
                    - {name: third}
            """);
    assertThat(problems(bad))
        .containsExactly(
            tuple(line(bad, "name: first"), "windrow.stages.0.task.model"),
            tuple(line(bad, "name: second"), "windrow.stages.1.task.model"));
  }

  @Test
  void oneOfTheStagesPredicts() {
    String file = staged("        - {name: train, task: {record: []}}\n");

    assertThat(problems(file)).containsExactly(tuple(line(file, "stages:"), "windrow.stages"));
  }

  private static String staged(String entries) {
    return WorkflowText.valid() + "    stages:\n" + entries;
  }

  private List<org.assertj.core.groups.Tuple> problems(String file) {
    return catchThrowableOfType(WorkflowException.class, () -> parser.parse(file))
        .problems()
        .stream()
        .map(problem -> tuple(problem.line(), problem.path()))
        .toList();
  }

  private static int line(String file, String text) {
    return WorkflowText.line(file, text);
  }
}
