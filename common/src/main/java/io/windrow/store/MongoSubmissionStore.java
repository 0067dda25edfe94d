package io.windrow.store;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.pool.Submission;
import io.windrow.pool.SubmissionStore;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The collection {@code submissions}. */
final class MongoSubmissionStore implements SubmissionStore {
  static final String COLLECTION = "submissions";

  /** How many tasks it expects, so that nobody has to count their ids. */
  static final String TASKS = "tasks";

  private static final Bson INSERTING = Updates.set("state", word(Submission.State.INSERTING));

  private static final Bson NEWEST_FIRST = Sorts.descending("createdAt", "_id");

  private static final Comparator<Document> LATEST_FIRST =
      Comparator.<Document, Date>comparing(row -> row.getDate("at"))
          .reversed()
          .thenComparing(row -> row.getString("_id"));

  /** A submission holds a YAML of up to a megabyte and the ids of maybe 100,000 tasks. */
  private static final int BATCH = 4;

  private final MongoCollection<Document> submissions;
  private final TaskCollection tasks;

  MongoSubmissionStore(MongoDatabase database, TaskCollection tasks) {
    this.submissions = database.getCollection(COLLECTION);
    this.tasks = tasks;
  }

  @Override
  public Mono<Submission> begin(Submission submission) {
    return Mono.from(submissions.insertOne(write(submission)))
        .then()
        .onErrorResume(
            MongoSubmissionStore::mayBeThere,
            e ->
                beginAgain(submission)
                    .flatMap(
                        there -> {
                          if (there) {
                            return Mono.empty();
                          }
                          return DuplicateKey.is(e) // it was removed since
                              ? begin(submission).then()
                              : Mono.error(e);
                        }))
        .then(find(submission.id()));
  }

  /**
   * The same tasks, but some may be gone, and the workflow may now say to put their results
   * together in another way. It is young before its tasks are counted: who removes old ones looks
   * for young submissions when they are gone.
   *
   * @return whether it is there
   */
  private Mono<Boolean> beginAgain(Submission now) {
    return change(
            now.id(),
            Updates.combine(
                Updates.set("createdAt", Date.from(now.createdAt())),
                Updates.set("calendarEnd", now.calendarEnd().toString()),
                Updates.set("collect", FieldNames.encode(now.collect())),
                Updates.set("source", now.source())))
        .flatMap(
            there ->
                tasks
                    .byIds(now.taskIds(), TaskDocument.ID)
                    .count()
                    .filter(count -> count < now.taskIds().size())
                    .flatMap(some -> change(now.id(), INSERTING))
                    .thenReturn(there));
  }

  /** Lets a sweep insert what is not there. Whoever inserts it now, too, does not end that. */
  Mono<Void> reopen(String id) {
    return change(id, Updates.combine(Updates.set("createdAt", Date.from(tasks.now())), INSERTING))
        .then();
  }

  private Mono<Boolean> change(String id, Bson update) {
    return Mono.from(submissions.updateOne(new Document("_id", id), update))
        .map(result -> result.getMatchedCount() == 1);
  }

  /** A duplicate is, and so may be one whose reply was lost: reading it tells. */
  private static boolean mayBeThere(Throwable e) {
    return TaskCollection.isUnclear(e) || DuplicateKey.is(e);
  }

  @Override
  public Mono<Void> inserted(Submission begun) {
    return Mono.from(
            submissions.updateOne(
                new Document("_id", begun.id()).append("createdAt", Date.from(begun.createdAt())),
                Updates.set("state", word(Submission.State.INSERTED))))
        .then();
  }

  @Override
  public Mono<Submission> find(String id) {
    return Mono.from(submissions.find(new Document("_id", id)).first())
        .map(MongoSubmissionStore::read);
  }

  @Override
  public Flux<String> idsLike(String id) {
    return NearIds.in(submissions, id);
  }

  @Override
  public Flux<Submission> list(int limit) {
    return all(new Document(), NEWEST_FIRST, limit);
  }

  @Override
  public Flux<Submission.Summary> summaries(@Nullable Place after, int limit) {
    Document filter = new Document();
    if (after != null) {
      Date at = Date.from(after.createdAt());
      filter.append(
          "$or",
          List.of(
              new Document("createdAt", new Document("$lt", at)),
              new Document("createdAt", at).append("_id", new Document("$lt", after.id()))));
    }
    return Flux.from(
            submissions
                .find(filter)
                .sort(NEWEST_FIRST)
                .limit(limit)
                .projection(Projections.exclude("taskIds", "source", "collect")))
        .concatMap(this::summary);
  }

  private Mono<Submission.Summary> summary(Document d) {
    return d.containsKey(TASKS)
        ? Mono.just(
            new Submission.Summary(
                d.getString("_id"),
                d.getString("pool"),
                d.getString("experiment"),
                d.getString("queue"),
                LocalDate.parse(d.getString("calendarEnd")),
                d.getInteger(TASKS),
                state(d),
                d.getDate("createdAt").toInstant()))
        : find(d.getString("_id")).map(Submission::summary); // an early version has stored it
  }

  /** Two fields that an index has: no submission is read. */
  @Override
  public Mono<List<String>> pools() {
    Document latest = new Document("_id", "$pool").append("at", new Document("$max", "$createdAt"));
    return Flux.from(submissions.aggregate(List.of(new Document("$group", latest))))
        .sort(LATEST_FIRST)
        .map(row -> row.getString("_id"))
        .collectList();
  }

  @Override
  public Flux<Submission> unfinished(Duration olderThan) {
    Document filter =
        new Document("state", word(Submission.State.INSERTING))
            .append("createdAt", new Document("$lte", Date.from(tasks.now().minus(olderThan))));
    return all(filter, Sorts.ascending("createdAt", "_id"), 0);
  }

  private Flux<Submission> all(Document filter, Bson sort, int limit) {
    FindPublisher<Document> found =
        submissions.find(filter).sort(sort).limit(limit).batchSize(BATCH);
    return Flux.from(found).map(MongoSubmissionStore::read);
  }

  private static Document write(Submission s) {
    return new Document("_id", s.id())
        .append("pool", s.pool())
        .append("experiment", s.experiment())
        .append("queue", s.queue())
        .append("source", s.source())
        .append("calendarEnd", s.calendarEnd().toString())
        .append("taskIds", s.taskIds())
        .append(TASKS, s.taskIds().size())
        .append("collect", FieldNames.encode(s.collect()))
        .append("state", word(s.state()))
        .append("createdAt", Date.from(s.createdAt()));
  }

  private static Submission read(Document d) {
    return new Submission(
        d.getString("_id"),
        d.getString("pool"),
        d.getString("experiment"),
        d.getString("queue"),
        d.getString("source"),
        LocalDate.parse(d.getString("calendarEnd")),
        d.getList("taskIds", String.class),
        FieldNames.decode(d.get("collect", Document.class)),
        state(d),
        d.getDate("createdAt").toInstant());
  }

  private static Submission.State state(Document d) {
    return Submission.State.valueOf(d.getString("state").toUpperCase(Locale.ROOT));
  }

  private static String word(Submission.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
