package io.windrow.coordinator.api;

import static io.windrow.web.problem.Problems.error;
import static io.windrow.web.problem.Problems.problem;
import static java.util.stream.Collectors.joining;

import io.windrow.coordinator.workflow.BaseFileMissing;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.pool.FilterException;
import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Problem;
import io.windrow.quant.definition.Section;
import io.windrow.task.TaskState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Errors as RFC 9457 problems: what is wrong and what to do. */
final class Problems {
  private static final int NAMES = 10;

  private Problems() {}

  static ErrorResponseException unknownPool(String pool, List<String> pools) {
    String known = pools.isEmpty() ? "There are no pools yet." : "Pools are: " + some(pools) + ".";
    return error(
        HttpStatus.NOT_FOUND,
        "Unknown pool",
        "There is no pool " + Section.quote(pool) + Nearest.hint(pool, pools) + ". " + known);
  }

  static ErrorResponseException unknownQueue(String queue, List<String> queues) {
    return error(HttpStatus.NOT_FOUND, "Unknown queue", unusedQueue(queue, queues));
  }

  /** What to say of a queue that has neither tasks nor workers. */
  static String unusedQueue(String queue, List<String> queues) {
    return "Nothing is on a queue "
        + Section.quote(queue)
        + " and no worker serves it"
        + Nearest.hint(queue, queues)
        + "."
        + (queues.isEmpty() ? "" : " Queues are: " + some(queues) + ".");
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMES, names.size())))
        + (names.size() > NAMES ? ", and " + (names.size() - NAMES) + " more" : "");
  }

  /** A task or submission that is not there, with the ids that begin alike. */
  static ErrorResponseException unknownId(String what, String id, List<String> near) {
    return error(
        HttpStatus.NOT_FOUND,
        "Unknown " + what,
        "There is no "
            + what
            + " "
            + Section.quote(id)
            + (near.isEmpty() ? "." : ". These begin alike: " + String.join(", ", near) + "."));
  }

  static ErrorResponseException malformedFilter(FilterException e) {
    ErrorResponseException error =
        error(
            HttpStatus.BAD_REQUEST,
            "Malformed filter",
            "The filter is wrong at character " + e.position() + ": " + e.getMessage() + ".");
    error.getBody().setProperty("position", e.position());
    return error;
  }

  /** A wish that the task's state does not allow. */
  static ErrorResponseException conflict(String id, String done, TaskState state, String reason) {
    ErrorResponseException error =
        conflict("Task '%s' is %s and was not %s: %s.".formatted(id, state.word(), done, reason));
    error.getBody().setProperty("state", state.word());
    return error;
  }

  static ErrorResponseException conflict(String message) {
    return error(HttpStatus.CONFLICT, "Not possible in this state", message);
  }

  /** No task of a change was in a state that allows it. */
  static ErrorResponseException refused(Map<TaskState, Integer> states, String advice) {
    String where =
        states.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getValue() + " " + entry.getKey().word())
            .collect(joining(", "));
    return conflict("Nothing was changed; the tasks are: " + where + ". " + advice);
  }

  /** A definition that cannot run; its problems are also a list of {@code path, message}. */
  static ErrorResponseException rejectedDefinition(List<Problem> problems) {
    ErrorResponseException error =
        error(
            HttpStatus.BAD_REQUEST,
            "Definition rejected",
            "The definition cannot run: "
                + problems.stream().limit(NAMES).map(Problem::toString).collect(joining("; "))
                + ". Nothing was changed.");
    error
        .getBody()
        .setProperty(
            "problems",
            problems.stream()
                .map(problem -> Map.of("path", problem.path(), "message", problem.message()))
                .toList());
    return error;
  }

  static ErrorResponseException noAttempt(
      String task, @Nullable Integer attempt, int attempts, String state) {
    return error(
        HttpStatus.NOT_FOUND,
        "Unknown attempt",
        attempt == null
            ? "Task '%s' is %s and has had no attempt yet.".formatted(task, state)
            : "Task '%s' has no attempt %d; it is %s, with %d so far."
                .formatted(task, attempt, state, attempts));
  }

  static ErrorResponseException noEntry(String task, int entry, int ended) {
    return error(
        HttpStatus.NOT_FOUND,
        "Unknown attempt",
        "The history of task '%s' has no attempt at place %d; %d have ended so far, counted from 0."
            .formatted(task, entry, ended));
  }

  static ErrorResponseException tooManyListeners(int most) {
    return error(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Too many listeners",
        "This coordinator tells events to at most " + most + " listeners; try again later.");
  }

  static ErrorResponseException badRequest(String message) {
    return io.windrow.web.problem.Problems.badRequest(message);
  }

  static ProblemDetail rejected(WorkflowException e) {
    int number = e.problems().size();
    ProblemDetail detail =
        problem(
            HttpStatus.BAD_REQUEST,
            "Workflow rejected",
            "The workflow has "
                + (number == 1 ? "a problem" : number + " problems")
                + "; nothing of it was stored. Correct the file and submit it again.");
    detail.setProperty("problems", e.problems());
    return detail;
  }

  /** Its property {@code needs} names the file, so that a client can send it along. */
  static ProblemDetail baseMissing(BaseFileMissing e) {
    ProblemDetail detail =
        problem(
            HttpStatus.BAD_REQUEST,
            "Base file needed",
            "The workflow builds on '"
                + e.file()
                + "', which the coordinator does not read itself: send its text in 'bases', as"
                + " 'windrow submit' does. Nothing was stored.");
    detail.setProperty("needs", e.file());
    detail.setProperty("problems", List.of(e.problem()));
    return detail;
  }

  static ProblemDetail brokerAway(String reason) {
    return problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Broker unavailable",
        "The broker does not answer (" + reason + "). Ask again when Kafka is back.");
  }
}
