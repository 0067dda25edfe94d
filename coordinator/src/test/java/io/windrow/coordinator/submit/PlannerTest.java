package io.windrow.coordinator.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.windrow.coordinator.generate.NyseCalendar;
import io.windrow.coordinator.generate.TaskDefinition;
import io.windrow.coordinator.workflow.MarketFolder;
import io.windrow.coordinator.workflow.Workflow;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.coordinator.workflow.WorkflowParser;
import io.windrow.coordinator.workflow.WorkflowText;
import io.windrow.pool.Submission;
import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataRoots;
import io.windrow.task.Dependency;
import io.windrow.task.Dependency.On;
import io.windrow.task.NewTask;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
  private static final LocalDate SHORT_END = LocalDate.of(2020, 10, 30);

  /** Rolls to the end of the calendar, where the last window stays open. */
  private static final String OPEN =
      WorkflowText.replace(
          WorkflowText.with("test: [2017-01-01, 2020-08-01]", "test: [2017-01-01, null]"),
          "step: 550",
          "step: 100");

  @TempDir Path root;
  private final Planner planner = new Planner(1000, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void eachWindowDependsOnTheOneBefore() {
    Plan plan =
        planner.plan(
            workflow(
                WorkflowText.replace(
                    OPEN,
                    "    max_attempts: 2\n",
                    "    depends_on: [{task: previous, when: IC > 0}]\n"),
                NyseCalendar.days()),
            null);

    List<NewTask> tasks = plan.tasks().get().toList();

    assertThat(tasks.get(0).dependsOn()).isEmpty();
    for (int i = 1; i < tasks.size(); i++) {
      assertThat(tasks.get(i).dependsOn())
          .containsExactly(new Dependency(tasks.get(i - 1).id(), On.SUCCESS, "IC > 0"));
    }
  }

  @Test
  void takesAllWindowsOfTheFirstTaskFirst() {
    Workflow one = workflow(OPEN, NyseCalendar.days());
    TaskDefinition first = one.templates().get(0);
    TaskDefinition second = first.with(List.of("model", "kwargs", "num_leaves"), 15);

    Plan plan = planner.plan(withTemplates(one, List.of(first, second)), null);

    List<NewTask> tasks = plan.tasks().get().toList();
    assertThat(tasks).hasSize(22);
    assertThat(tasks.subList(0, 11)).extracting(NewTask::id).isEqualTo(ids(one));
    assertThat(tasks.subList(11, 22))
        .extracting(task -> TaskDefinition.of(task.definition()))
        .allSatisfy(
            task -> assertThat(task.at(List.of("model", "kwargs", "num_leaves"))).isEqualTo(15L));
    assertThatThrownBy(() -> planner.plan(withTemplates(one, List.of(first, first)), null))
        .isInstanceOf(WorkflowException.class)
        .hasMessageContaining("task: makes a task twice: two of the list come to the same");
  }

  private List<String> ids(Workflow workflow) {
    return planner.plan(workflow, null).submission().taskIds();
  }

  private static Workflow withTemplates(Workflow workflow, List<TaskDefinition> templates) {
    return new Workflow(
        workflow.source(),
        workflow.settings(),
        templates,
        workflow.calendar(),
        workflow.knownDays(),
        workflow.warnings(),
        workflow.places());
  }

  @Test
  void tasksAreInOrderAndBelongToTheSubmission() {
    Plan plan = planner.plan(workflow(OPEN, NyseCalendar.days()), null);

    List<NewTask> tasks = plan.tasks().get().toList();

    assertThat(tasks).hasSize(11);
    assertThat(tasks).extracting(NewTask::id).isEqualTo(plan.submission().taskIds());
    assertThat(tasks).extracting(NewTask::seq).isEqualTo(LongStream.range(0, 11).boxed().toList());
    assertThat(tasks)
        .allSatisfy(
            task -> {
              assertThat(task.submission()).isEqualTo(plan.submission().id());
              assertThat(task.pool()).isEqualTo("nightly");
              assertThat(task.stages().get(0).queue()).isEqualTo("research");
              assertThat(task.priority()).isEqualTo(5);
              assertThat(task.stages().get(0).terms().maxAttempts()).isEqualTo(2);
            });
    assertThat(plan.submission().state()).isEqualTo(Submission.State.INSERTING);
    assertThat(plan.submission().createdAt()).isEqualTo(NOW);
  }

  @Test
  void theSameWorkflowGivesTheSameIds() {
    Plan first = planner.plan(workflow(OPEN, NyseCalendar.days()), null);
    Plan second = planner.plan(workflow(OPEN + "# and a comment\n", NyseCalendar.days()), null);

    assertThat(second.submission().id()).isEqualTo(first.submission().id());
    assertThat(second.submission().taskIds()).isEqualTo(first.submission().taskIds());
  }

  @Test
  void aLongerCalendarChangesOnlyWhatItsEndTouches() {
    List<NewTask> before =
        planner.plan(workflow(OPEN, shortCalendar()), null).tasks().get().toList();
    List<NewTask> after =
        planner.plan(workflow(OPEN, NyseCalendar.days()), null).tasks().get().toList();

    int closed = before.size() - 1;
    assertThat(ids(after).subList(0, closed)).isEqualTo(ids(before).subList(0, closed));
    assertThat(ids(after)).doesNotContain(before.get(closed).id());
    assertThat(before.get(closed).calendarEnd()).isEqualTo(SHORT_END);
    assertThat(before.subList(0, closed)).extracting(NewTask::calendarEnd).containsOnlyNulls();
  }

  @Test
  void anUnfinishedSubmissionIsGeneratedOnItsOwnCalendar() {
    Plan first = planner.plan(workflow(OPEN, shortCalendar()), null);

    Plan resumed = planner.plan(workflow(OPEN, NyseCalendar.days()), SHORT_END);

    assertThat(resumed.submission().id()).isEqualTo(first.submission().id());
    assertThat(resumed.submission().taskIds()).isEqualTo(first.submission().taskIds());
  }

  @Test
  void withoutRollingThereIsOneTask() {
    String file = WorkflowText.valid();
    String single = file.substring(0, file.indexOf("windrow:"));

    Plan plan = planner.plan(workflow(single, NyseCalendar.days()), null);

    assertThat(plan.tasks().get())
        .singleElement()
        .satisfies(
            task -> assertThat(task.definition().toString()).contains("test=[2017-01-01, 2020"));
  }

  @Test
  void tooManyTasksAreRefused() {
    Planner small = new Planner(10, Clock.systemUTC());

    assertThatThrownBy(() -> small.plan(workflow(OPEN, NyseCalendar.days()), null))
        .isInstanceOf(WorkflowException.class)
        .hasMessageContaining("makes more than 10 tasks: choose a larger step");
  }

  @Test
  void gridHorizonsAndWindowsCombineSeriesAfterSeries() {
    String file =
        WorkflowText.valid()
            + "    horizons: {values: [5, 10]}\n"
            + "    grid: {model.kwargs.learning_rate: [0.05, 0.1]}\n";

    Plan plan = planner.plan(workflow(file, NyseCalendar.days()), null);

    assertThat(plan.tasks().get().map(NewTask::definition).map(TaskDefinition::of))
        .extracting(
            task -> task.at(List.of("model", "kwargs", "learning_rate")),
            task ->
                String.valueOf(task.at(List.of("dataset", "kwargs", "handler", "kwargs", "label")))
                    .substring(0, 16),
            task -> Objects.requireNonNull(task.segments().get("test")).start())
        .containsExactly(
            tuple(0.05, "[Ref($close, -6)", LocalDate.of(2017, 1, 3)),
            tuple(0.05, "[Ref($close, -6)", LocalDate.of(2019, 3, 13)),
            tuple(0.05, "[Ref($close, -11", LocalDate.of(2017, 1, 3)),
            tuple(0.05, "[Ref($close, -11", LocalDate.of(2019, 3, 13)),
            tuple(0.1, "[Ref($close, -6)", LocalDate.of(2017, 1, 3)),
            tuple(0.1, "[Ref($close, -6)", LocalDate.of(2019, 3, 13)),
            tuple(0.1, "[Ref($close, -11", LocalDate.of(2017, 1, 3)),
            tuple(0.1, "[Ref($close, -11", LocalDate.of(2019, 3, 13)));
    assertThat(plan.submission().taskIds()).hasSize(8).doesNotHaveDuplicates();
    assertThat(plan.submission().collect())
        .containsEntry(
            "key",
            List.of(
                "model.class",
                "model.kwargs.learning_rate",
                "dataset.kwargs.handler.kwargs.label"));
  }

  @Test
  void tasksThatComeOutTheSameAreRefused() {
    String place = "dataset.kwargs.handler.kwargs.end_time";
    String file = WorkflowText.valid() + "    grid: {" + place + ": [2010-01-01, 2011-01-01]}\n";

    assertThatThrownBy(() -> planner.plan(workflow(file, NyseCalendar.days()), null))
        .isInstanceOf(WorkflowException.class)
        .hasMessageContaining("makes a task twice");
  }

  private Workflow workflow(String text, TradingCalendar calendar) {
    MarketFolder.create(root, "market", calendar);
    return new WorkflowParser(new DataRoots(List.of(root))).parse(text);
  }

  private static TradingCalendar shortCalendar() {
    TradingCalendar whole = NyseCalendar.days();
    return new TradingCalendar(whole.days().subList(0, whole.floor(SHORT_END) + 1));
  }

  private static List<String> ids(List<NewTask> tasks) {
    return tasks.stream().map(NewTask::id).toList();
  }
}
