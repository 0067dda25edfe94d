package io.windrow.coordinator.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.coordinator.workflow.WorkflowParser;
import io.windrow.coordinator.workflow.WorkflowProblem;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataRoots;
import io.windrow.quant.reference.Reference;
import io.windrow.task.Dependency;
import io.windrow.task.Dependency.On;
import io.windrow.task.NewTask;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References in workflows: what they make tasks wait for, and what ids they give. */
class LinksTest {
  private static final String PREVIOUS = "<recorder:previous_window>";
  private static final String TASK = "0123456789abcdef".repeat(4);
  private static final List<String> INIT_MODEL = List.of("model", "kwargs", "init_model");

  private static final String COLD =
      WorkflowText.replace(
          WorkflowText.with("test: [2017-01-01, 2020-08-01]", "test: [2017-01-01, null]"),
          "step: 550",
          "step: 100");

  private static final String WARM = warm(COLD, PREVIOUS);

  @TempDir Path root;
  private final Planner planner = new Planner(1000, Clock.systemUTC());

  @Test
  void eachWindowGoesOnFromTheOneBeforeAndWaitsForIt() {
    List<NewTask> tasks = tasks(WARM, NyseCalendar.days());

    assertThat(tasks).hasSize(11);
    for (int i = 1; i < tasks.size(); i++) {
      String before = tasks.get(i - 1).id();
      assertThat(initModel(tasks.get(i))).isEqualTo("<recorder:" + before + ">");
      assertThat(tasks.get(i).dependsOn())
          .containsExactly(new Dependency(before, On.SUCCESS, null));
    }
  }

  @Test
  void theFirstWindowIsThatOfAColdStart() {
    NewTask first = tasks(WARM, NyseCalendar.days()).get(0);

    assertThat(first.definition()).isEqualTo(tasks(COLD, NyseCalendar.days()).get(0).definition());
    assertThat(first.dependsOn()).isEmpty();
  }

  @Test
  void thePlanKnowsTheIdsOfItsTasks() {
    Plan plan = plan(WARM, NyseCalendar.days());

    assertThat(plan.tasks().get()).extracting(NewTask::id).isEqualTo(plan.submission().taskIds());
    assertThat(plan.references()).containsExactly(entry(PREVIOUS, "task.model.kwargs.init_model"));
  }

  @Test
  void aLongerCalendarKeepsTheIdsOfClosedWindows() {
    TradingCalendar whole = NyseCalendar.days();
    TradingCalendar part =
        new TradingCalendar(whole.days().subList(0, whole.floor(LocalDate.of(2020, 10, 30)) + 1));
    List<NewTask> before = tasks(WARM, part);
    List<NewTask> after = tasks(WARM, whole);

    int closed = before.size() - 1;
    assertThat(closed).isGreaterThan(5);
    assertThat(after.subList(0, closed))
        .extracting(NewTask::id)
        .isEqualTo(before.subList(0, closed).stream().map(NewTask::id).toList());
    assertThat(after.get(closed).id()).isNotEqualTo(before.get(closed).id());
  }

  @Test
  void aChangeOfTheFirstWindowChangesAllThatGoOnFromIt() {
    String other = WorkflowText.replace(WARM, "learning_rate: 0.2", "learning_rate: 0.3");

    assertThat(tasks(other, NyseCalendar.days()))
        .extracting(NewTask::id)
        .doesNotContainAnyElementsOf(
            tasks(WARM, NyseCalendar.days()).stream().map(NewTask::id).toList());
  }

  @Test
  void seriesOfAGridAndOfHorizonsAreChainsOfTheirOwn() {
    String file =
        WARM
            + "    horizons: {values: [5, 10]}\n"
            + "    grid: {model.kwargs.learning_rate: [0.05, 0.1]}\n";

    List<NewTask> tasks = tasks(file, NyseCalendar.days());

    int windows = tasks.size() / 4;
    assertThat(windows).isGreaterThan(5);
    IntStream.range(0, tasks.size())
        .forEach(
            i ->
                assertThat(initModel(tasks.get(i)))
                    .isEqualTo(
                        i % windows == 0 ? null : "<recorder:" + tasks.get(i - 1).id() + ">"));
  }

  @Test
  void anotherTasksModelIsWaitedForByAll() {
    String file = WorkflowText.replace(COLD, model(COLD), "model: <recorder:" + TASK + ">\n    ");

    Plan plan = plan(file, NyseCalendar.days());

    assertThat(plan.tasks().get())
        .hasSize(11)
        .allSatisfy(
            task -> {
              assertThat(task.definition()).containsEntry("model", "<recorder:" + TASK + ">");
              assertThat(task.dependsOn()).containsExactly(new Dependency(TASK, On.SUCCESS, null));
            });
    assertThat(plan.references()).containsExactly(entry("<recorder:" + TASK + ">", "task.model"));
  }

  @Test
  void whatIsWaitedForAlreadyIsNotWaitedForTwice() {
    String file =
        WorkflowText.replace(
            WARM,
            "    max_attempts: 2\n",
            "    depends_on: [{task: previous}, {task: previous, when: IC > 0}]\n");

    assertThat(tasks(file, NyseCalendar.days()).get(1).dependsOn()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<recorder:previous> | names no recorder",
        "<recorder:previous_window/../x> | names no artifact",
        "/etc/passwd | is no reference",
        "<recorder:previous_window | is no reference"
      })
  void whatIsNoReferenceIsRefusedWithItsLine(String text, String message) {
    String file = warm(COLD, text);

    assertThat(problems(file))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(WorkflowText.line(file, "init_model"));
              assertThat(problem.path()).isEqualTo("task.model.kwargs.init_model");
              assertThat(problem.message()).contains(message);
            });
  }

  @Test
  void otherPlacesAreRefusedWithTheirLines() {
    String file =
        WorkflowText.replace(
            COLD, "instruments: *market", "instruments: <recorder:previous_window/pred.arrow>");

    assertThat(problems(file))
        .anySatisfy(
            problem -> {
              assertThat(problem.line()).isEqualTo(WorkflowText.line(file, "pred.arrow"));
              assertThat(problem.message()).contains("cannot stand here");
            });
  }

  @Test
  void theFirstWindowsModelCannotBeReadFromThePreviousOne() {
    String file = WorkflowText.replace(COLD, model(COLD), "model: " + PREVIOUS + "\n    ");

    assertThat(problems(file))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(WorkflowText.line(file, PREVIOUS));
              assertThat(problem.message()).contains("which the first window does not have");
            });
  }

  private List<WorkflowProblem> problems(String file) {
    MarketFolder.create(root, "market", NyseCalendar.days());
    WorkflowParser parser = new WorkflowParser(new DataRoots(List.of(root)));
    try {
      parser.parse(file);
      return List.of();
    } catch (WorkflowException e) {
      return e.problems();
    }
  }

  private List<NewTask> tasks(String file, TradingCalendar calendar) {
    return plan(file, calendar).tasks().get().toList();
  }

  private Plan plan(String file, TradingCalendar calendar) {
    MarketFolder.create(root, "market", calendar);
    return planner.plan(new WorkflowParser(new DataRoots(List.of(root))).parse(file), null);
  }

  private static java.util.Map.Entry<Reference, String> entry(String reference, String place) {
    return java.util.Map.entry(Reference.parse(reference), place);
  }

  private static Object initModel(NewTask task) {
    return TaskDefinition.of(task.definition()).at(INIT_MODEL);
  }

  private static String warm(String file, String reference) {
    return WorkflowText.replace(
        file,
        "            loss: mse\n",
        "            loss: mse\n            init_model: " + reference + "\n");
  }

  /** The model's part of the file. */
  private static String model(String file) {
    return file.substring(file.indexOf("model:"), file.indexOf("dataset:"));
  }
}
