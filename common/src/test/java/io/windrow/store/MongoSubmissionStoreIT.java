package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.SubmissionStore.Place;
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

  private SubmissionStore submissions;

  @BeforeEach
  void empty() {
    submissions = database.empty(Clock.fixed(NOW, ZoneOffset.UTC)).submissions();
  }

  @Test
  void beginning_again_gives_the_one_stored_first() {
    Submission submission = submission("s");
    assertThat(submissions.begin(submission).block()).isEqualTo(submission);
    submissions.inserted("s").block();

    Submission again = submissions.begin(submission).block();

    assertThat(again.state()).isEqualTo(Submission.State.INSERTED);
    assertThat(submissions.find("s").block()).isEqualTo(again);
    assertThat(submissions.find("unknown").blockOptional()).isEmpty();
  }

  @Test
  void beginning_again_takes_over_how_results_are_put_together() {
    Submission was = submission("s");
    submissions.begin(was).block();
    submissions.inserted("s").block();
    Submission now =
        new Submission(
            was.id(),
            was.pool(),
            was.experiment(),
            was.queue(),
            "another source",
            was.calendarEnd(),
            was.taskIds(),
            Map.of("ensemble", List.of("rolling", "average"), "key", List.of("model.class")),
            Submission.State.INSERTING,
            was.createdAt().plusSeconds(9));

    Submission again = submissions.begin(now).block();

    assertThat(again.collect()).isEqualTo(now.collect());
    assertThat(again.source()).isEqualTo("another source");
    assertThat(again.state()).isEqualTo(Submission.State.INSERTED);
    assertThat(again.createdAt()).isEqualTo(was.createdAt());
  }

  @Test
  void those_left_half_inserted_are_found() {
    submissions.begin(submission("half")).block();
    submissions.begin(submission("whole")).block();
    submissions.inserted("whole").block();

    // They were begun an hour ago.
    assertThat(ids(submissions.unfinished(Duration.ofMinutes(59)))).containsExactly("half");
    assertThat(ids(submissions.unfinished(Duration.ofMinutes(61)))).isEmpty();
  }

  @Test
  void the_newest_are_listed_first() {
    for (int hour = 1; hour <= 3; hour++) {
      Submission s = submission("s" + hour);
      submissions.begin(at(s, NOW.plus(Duration.ofHours(hour)))).block();
    }

    assertThat(ids(submissions.list(2))).containsExactly("s3", "s2");
  }

  @Test
  void pages_go_on_where_they_ended_whatever_comes_in() {
    for (String id : List.of("a", "b", "c")) {
      submissions.begin(at(submission(id), NOW)).block();
    }
    List<Submission.Summary> page = submissions.summaries(null, 2).collectList().block();
    submissions.begin(at(submission("new"), NOW.plusSeconds(1))).block();

    Place end = Place.parse(Place.of(page.get(1)).text());

    assertThat(page).extracting(Submission.Summary::id).containsExactly("c", "b");
    assertThat(submissions.summaries(end, 9).collectList().block())
        .containsExactly(at(submission("a"), NOW).summary());
  }

  private static Submission submission(String id) {
    return TaskPoolContract.submission(id, TaskPoolContract.task(1), TaskPoolContract.task(2));
  }

  private static Submission at(Submission s, Instant createdAt) {
    return new Submission(
        s.id(),
        s.pool(),
        s.experiment(),
        s.queue(),
        s.source(),
        s.calendarEnd(),
        s.taskIds(),
        s.collect(),
        s.state(),
        createdAt);
  }

  private static List<String> ids(Flux<Submission> found) {
    return found.map(Submission::id).collectList().block();
  }
}
