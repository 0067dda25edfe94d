package io.windrow.collector.api;

import static io.windrow.web.problem.Problems.error;

import io.windrow.collector.collect.Progress;
import io.windrow.collector.collect.SubmissionCollection;
import io.windrow.pool.Submission;
import io.windrow.quant.definition.Section;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** The errors a caller can do something about, each saying what. */
final class Problems {
  private Problems() {}

  static ErrorResponseException unknownSubmission(String submission, List<String> near) {
    return error(
        HttpStatus.NOT_FOUND,
        "Unknown submission",
        "There is no submission "
            + Section.quote(submission)
            + (near.isEmpty()
                ? ". Submit the workflow"
                    + " again: the same workflow on the same calendar has the same id."
                : ". These begin alike: " + String.join(", ", near) + "."));
  }

  static ErrorResponseException unknownGroup(String submission, int group, int groups) {
    return error(
        HttpStatus.NOT_FOUND,
        "Unknown group",
        "Submission '%s' has %d group(s), numbered from 0; there is no group %d."
            .formatted(submission, groups, group));
  }

  static ErrorResponseException unknownSeries(String series) {
    return error(
        HttpStatus.NOT_FOUND,
        "Unknown series",
        "There is no series "
            + Section.quote(series)
            + ". Ask for one of "
            + String.join(", ", SeriesKind.words())
            + ".");
  }

  static ErrorResponseException notCollected(SeriesKind kind, List<String> artifacts) {
    return error(
        HttpStatus.NOT_FOUND,
        "Series not collected",
        "The collection has no %s: it is declared with the artifacts %s and %s needs %s. Ask with ?artifacts=pred,label."
            .formatted(kind.word(), artifacts, kind.word(), kind.artifacts()));
  }

  static ErrorResponseException noBacktest() {
    return error(
        HttpStatus.NOT_FOUND,
        "No back-test",
        "No task of this group has a PortAnaRecord. Submit the workflow again with one in its"
            + " record list.");
  }

  static ErrorResponseException backtestUnavailable(String reason) {
    return error(
        HttpStatus.CONFLICT, "Back-test unavailable", "The series cannot be traded: " + reason);
  }

  /** A query that cannot be followed. */
  static ErrorResponseException badQuery(String detail) {
    return error(HttpStatus.BAD_REQUEST, "Bad query", detail);
  }

  /** Lists what a collection lacks. */
  static ErrorResponseException incomplete(SubmissionCollection collection) {
    Progress progress = collection.progress();
    Submission submission = progress.submission();
    String what =
        submission.state() == Submission.State.INSERTING
            ? "its tasks are still being inserted"
            : "%d of its %d windows are missing and %d failed"
                .formatted(
                    progress.missing().size(),
                    progress.windows().size(),
                    collection.failed().size());
    ErrorResponseException e =
        error(
            HttpStatus.CONFLICT,
            "Collection incomplete",
            "The collection of submission '%s' is incomplete: %s. Ask again when they are done, or with ?partial=true for what is there."
                .formatted(submission.id(), what));
    e.getBody().setProperty("submission", submission.id());
    e.getBody().setProperty("expected", progress.windows().size());
    e.getBody().setProperty("collected", progress.done().size());
    e.getBody().setProperty("missing", CollectionView.missing(progress));
    e.getBody().setProperty("failed", CollectionView.failed(collection));
    return e;
  }
}
