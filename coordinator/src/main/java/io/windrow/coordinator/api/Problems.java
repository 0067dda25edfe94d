package io.windrow.coordinator.api;

import io.windrow.coordinator.workflow.BaseFileMissing;
import io.windrow.coordinator.workflow.WorkflowException;
import io.windrow.task.TaskState;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Errors as RFC 9457 problems: what is wrong and what to do. */
final class Problems {
  private Problems() {}

  static ErrorResponseException notFound(String what, String id) {
    return new ErrorResponseException(
        HttpStatus.NOT_FOUND,
        detail(
            HttpStatus.NOT_FOUND,
            "Unknown " + what,
            "There is no " + what + " '" + id + "'. List them with GET /api/v1/" + what + "s."),
        null);
  }

  /** A wish that the task's state does not allow. */
  static ErrorResponseException conflict(String id, String done, TaskState state, String reason) {
    ProblemDetail detail =
        detail(
            HttpStatus.CONFLICT,
            "Not possible in this state",
            "Task '%s' is %s and was not %s: %s.".formatted(id, state.word(), done, reason));
    detail.setProperty("state", state.word());
    return new ErrorResponseException(HttpStatus.CONFLICT, detail, null);
  }

  static ErrorResponseException badRequest(String message) {
    return new ErrorResponseException(
        HttpStatus.BAD_REQUEST, detail(HttpStatus.BAD_REQUEST, "Bad request", message), null);
  }

  static ProblemDetail rejected(WorkflowException e) {
    int number = e.problems().size();
    ProblemDetail detail =
        detail(
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
        detail(
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

  static ProblemDetail tooLarge() {
    return detail(
        HttpStatus.CONTENT_TOO_LARGE,
        "Workflow too large",
        "A workflow may have 1 MiB, its base files included; nothing was stored.");
  }

  static ProblemDetail storeAway(String reason) {
    return detail(
        HttpStatus.SERVICE_UNAVAILABLE,
        "Store unavailable",
        "The store does not answer ("
            + reason
            + "). Ask again when MongoDB is back; a submission may be sent again, nothing is"
            + " inserted twice.");
  }

  private static ProblemDetail detail(HttpStatus status, String title, String message) {
    ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, message);
    detail.setTitle(title);
    return detail;
  }
}
