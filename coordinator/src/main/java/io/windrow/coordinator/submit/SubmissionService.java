package io.windrow.coordinator.submit;

import io.windrow.coordinator.workflow.Validation;
import io.windrow.coordinator.workflow.Workflow;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.coordinator.workflow.WorkflowParser;
import io.windrow.coordinator.workflow.WorkflowSource;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.RecorderStore;
import io.windrow.failpoint.FailPoint;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Takes workflows in. The order is:
 *
 * <ol>
 *   <li>parse, check, generate: whoever dies here has left nothing;
 *   <li>store the submission as inserting, also one that is there and lacks tasks: a sweep finds it
 *       and goes on from its text;
 *   <li>insert the tasks in batches: those that are there already stay as they are, so the sweep
 *       may begin at the first again;
 *   <li>mark the submission as inserted: until then no collection of it is complete.
 * </ol>
 */
public final class SubmissionService {
  private static final Logger log = LoggerFactory.getLogger(SubmissionService.class);
  private static final int BATCH = 500;

  private final WorkflowParser parser;
  private final Planner planner;
  private final PlanCheck check;
  private final SubmissionStore submissions;
  private final TaskPool pool;
  private final Consumer<Receipt> onInserted;
  private final Set<String> givenUp = ConcurrentHashMap.newKeySet();

  /**
   * @param recorders what its references may name
   * @param artifacts the same
   * @param maxTasks most tasks of one submission
   * @param onInserted told after tasks were inserted
   */
  public SubmissionService(
      WorkflowParser parser,
      SubmissionStore submissions,
      TaskPool pool,
      RecorderStore recorders,
      ArtifactStore artifacts,
      int maxTasks,
      Clock clock,
      Consumer<Receipt> onInserted) {
    this.parser = parser;
    this.planner = new Planner(maxTasks, clock);
    this.check = new PlanCheck(pool, recorders, artifacts);
    this.submissions = submissions;
    this.pool = pool;
    this.onInserted = onInserted;
  }

  /**
   * Submits a workflow. Submitting again inserts only what is not there.
   *
   * @param source the file and what belongs to it
   * @return fails with a {@link WorkflowException} if the workflow is rejected; then nothing of it
   *     is stored
   */
  public Mono<Receipt> submit(WorkflowSource source) {
    return Mono.deferContextual(
        context -> {
          String trace = RequestTrace.of(context);
          return accepted(source).flatMap(plan -> begin(plan, trace));
        });
  }

  /**
   * What {@link #submit} would store. Nothing is stored.
   *
   * @return fails with a {@link WorkflowException} if the workflow would be rejected
   */
  public Mono<Submission> preview(WorkflowSource source) {
    return accepted(source).map(Plan::submission);
  }

  /**
   * Says what a workflow would come to, and stores nothing.
   *
   * @param source the file with what belongs to it
   * @param limit most tasks to list
   * @return fails with a {@link WorkflowException} if the workflow is rejected
   */
  public Mono<Generation> generate(WorkflowSource source, int limit) {
    return plan(source, null)
        .map(plan -> Generation.of(plan, limit))
        .subscribeOn(Schedulers.boundedElastic());
  }

  /**
   * Says everything there is to say about a workflow, and stores nothing.
   *
   * @param withData whether the data is looked at, too
   */
  public Mono<Validation> validate(WorkflowSource source, boolean withData) {
    return Mono.fromCallable(() -> parser.validate(source, withData))
        .subscribeOn(Schedulers.boundedElastic());
  }

  /**
   * Finishes submissions that have been inserting for longer than {@code olderThan}: their
   * coordinator is dead. One that cannot be generated again as it was stays as it is.
   *
   * @return the finished ones
   */
  public Flux<Receipt> resume(Duration olderThan) {
    return submissions.unfinished(olderThan).concatMap(this::resume);
  }

  private Mono<Receipt> resume(Submission unfinished) {
    return plan(WorkflowSource.of(unfinished.source()), unfinished.calendarEnd())
        .filter(plan -> sameAs(unfinished, plan))
        .flatMap(plan -> insert(unfinished, plan, null))
        .onErrorResume(
            WorkflowException.class,
            e -> {
              warn(unfinished, "it is no longer valid: " + e.getMessage());
              return Mono.empty();
            });
  }

  private boolean sameAs(Submission unfinished, Plan plan) {
    boolean same = plan.submission().id().equals(unfinished.id());
    if (!same) {
      warn(unfinished, "its data changed and it would have other tasks now");
    }
    return same;
  }

  /** Once: the sweep comes by again and again, the data may be put right meanwhile. */
  private void warn(Submission unfinished, String reason) {
    if (givenUp.add(unfinished.id())) {
      log.atWarn()
          .addKeyValue("submission", unfinished.id())
          .addKeyValue("reason", reason)
          .log("submission cannot be finished, submit the workflow again");
    }
  }

  private Mono<Plan> accepted(WorkflowSource source) {
    return plan(source, null).flatMap(plan -> check.check(plan).thenReturn(plan));
  }

  private Mono<Plan> plan(WorkflowSource source, @Nullable LocalDate calendarEnd) {
    return Mono.fromCallable(
            () -> {
              Workflow workflow = parser.parse(source);
              return planner.plan(workflow, calendarEnd);
            })
        .subscribeOn(Schedulers.boundedElastic());
  }

  private Mono<Receipt> begin(Plan plan, @Nullable String trace) {
    return submissions
        .begin(plan.submission())
        .doOnNext(begun -> FailPoint.SUBMISSION_BEGUN.pass())
        .flatMap(begun -> insert(begun, plan, trace));
  }

  /**
   * @param begun the plan's submission as it is stored
   * @param trace traceparent of the request, or null
   */
  private Mono<Receipt> insert(Submission begun, Plan plan, @Nullable String trace) {
    return Flux.defer(() -> Flux.fromStream(plan.tasks().get()))
        .map(task -> trace == null ? task : task.tracedBy(trace))
        .subscribeOn(Schedulers.boundedElastic())
        .buffer(BATCH)
        .concatMap(pool::insert)
        .doOnNext(inserted -> FailPoint.SUBMISSION_BATCH_INSERTED.pass())
        .reduce(0, Integer::sum)
        .doOnNext(inserted -> FailPoint.SUBMISSION_TASKS_INSERTED.pass())
        .flatMap(inserted -> submissions.inserted(begun).thenReturn(receipt(plan, inserted)))
        .doOnNext(this::tell);
  }

  private void tell(Receipt receipt) {
    log.atInfo()
        .addKeyValue("submission", receipt.submission())
        .addKeyValue("pool", receipt.pool())
        .addKeyValue("queue", receipt.queue())
        .addKeyValue("tasks", receipt.tasks())
        .addKeyValue("inserted", receipt.inserted())
        .log("workflow submitted");
    onInserted.accept(receipt);
  }

  private static Receipt receipt(Plan plan, int inserted) {
    Submission submission = plan.submission();
    return new Receipt(
        submission.id(),
        submission.pool(),
        submission.experiment(),
        submission.queue(),
        submission.taskIds().size(),
        inserted,
        submission.calendarEnd(),
        plan.warnings());
  }
}
