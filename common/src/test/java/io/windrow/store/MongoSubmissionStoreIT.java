package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.SubmissionStore.Place;
import io.windrow.pool.TaskSelection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;

class MongoSubmissionStoreIT {
  private static final Instant NOW = Instant.parse("2026-07-01T09:00:00Z");

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private WindrowStore store;
  private SubmissionStore submissions;

  @BeforeEach
  void empty() {
    store = database.empty(Clock.fixed(NOW, ZoneOffset.UTC));
    submissions = store.submissions();
  }

  @Test
  void beginning_again_what_is_there_leaves_it_inserted() {
    Submission submission = submission("s");
    assertThat(submissions.begin(submission).block()).isEqualTo(submission);
    insertTasks();
    submissions.inserted(submission).block();

    Submission again = submissions.begin(submission).block();

    assertThat(again.state()).isEqualTo(Submission.State.INSERTED);
    assertThat(submissions.find("s").block()).isEqualTo(again);
    assertThat(submissions.find("unknown").blockOptional()).isEmpty();
  }

  @Test
  void beginning_again_what_lacks_a_task_is_inserting_till_that_has_ended() {
    Submission first = submissions.begin(submission("s")).block();
    insertTasks();
    submissions.inserted(first).block();
    store
        .manager()
        .remove(TaskSelection.ofIds(List.of(TaskPoolContract.task(2).id())), false)
        .block();

    Submission again = submissions.begin(TaskPoolContract.at(first, NOW)).block();

    assertThat(again.state()).isEqualTo(Submission.State.INSERTING);
    submissions.inserted(first).block();
    assertThat(submissions.find("s").block().state())
        .as("what began earlier has ended")
        .isEqualTo(Submission.State.INSERTING);
    submissions.inserted(again).block();
    assertThat(submissions.find("s").block().state()).isEqualTo(Submission.State.INSERTED);
  }

  @Test
  void beginning_again_takes_over_what_changes_no_task() {
    Submission was = submission("s");
    submissions.begin(was).block();
    Submission now =
        new Submission(
            was.id(),
            was.pool(),
            was.experiment(),
            was.queue(),
            "another source",
            was.calendarEnd().plusDays(1),
            was.taskIds(),
            Map.of("ensemble", List.of("rolling", "average"), "key", List.of("model.class")),
            Submission.State.INSERTING,
            was.createdAt().plusSeconds(9));

    assertThat(submissions.begin(now).block()).isEqualTo(now);
  }

  @Test
  void those_left_half_inserted_are_found() {
    submissions.begin(submission("half")).block();
    submissions.begin(submission("whole")).block();
    submissions.inserted(submission("whole")).block();

    // They were begun an hour ago.
    assertThat(ids(submissions.unfinished(Duration.ofMinutes(59)))).containsExactly("half");
    assertThat(ids(submissions.unfinished(Duration.ofMinutes(61)))).isEmpty();
  }

  @Test
  void the_newest_are_listed_first() {
    for (int hour = 1; hour <= 3; hour++) {
      Submission s = submission("s" + hour);
      submissions.begin(TaskPoolContract.at(s, NOW.plus(Duration.ofHours(hour)))).block();
    }

    assertThat(ids(submissions.list(2))).containsExactly("s3", "s2");
  }

  @Test
  void pages_go_on_where_they_ended_whatever_comes_in() {
    for (String id : List.of("a", "b", "c")) {
      submissions.begin(TaskPoolContract.at(submission(id), NOW)).block();
    }
    List<Submission.Summary> page = submissions.summaries(null, 2).collectList().block();
    submissions.begin(TaskPoolContract.at(submission("new"), NOW.plusSeconds(1))).block();

    Place end = Place.parse(Place.of(page.get(1)).text());

    assertThat(page).extracting(Submission.Summary::id).containsExactly("c", "b");
    assertThat(submissions.summaries(end, 9).collectList().block())
        .containsExactly(TaskPoolContract.at(submission("a"), NOW).summary());
  }

  private void insertTasks() {
    store.pool().insert(List.of(TaskPoolContract.task(1), TaskPoolContract.task(2))).block();
  }

  private static Submission submission(String id) {
    return TaskPoolContract.submission(id, TaskPoolContract.task(1), TaskPoolContract.task(2));
  }

  private static List<String> ids(Flux<Submission> found) {
    return found.map(Submission::id).collectList().block();
  }
}
