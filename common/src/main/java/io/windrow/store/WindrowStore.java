package io.windrow.store;

import com.mongodb.WriteConcern;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Experiments;
import io.windrow.experiment.GridFsArtifactStore;
import io.windrow.experiment.MongoRecorderStore;
import io.windrow.experiment.OrphanFiles;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.RecorderStore;
import io.windrow.experiment.StagedArtifacts;
import io.windrow.fleet.Workers;
import io.windrow.pool.Housekeeping;
import io.windrow.pool.Leadership;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.PoolRetention;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskChanges;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * All that Windrow keeps in one MongoDB database. The client stays the caller's to close.
 *
 * <p>Writes wait for the majority of a replica set.
 */
public final class WindrowStore {
  private final MongoDatabase database;
  private final TaskPool pool;
  private final TaskManager manager;
  private final MongoPoolLimits limits;
  private final MongoPoolLimits queueLimits;
  private final SubmissionStore submissions;
  private final Leadership leadership;
  private final Workers workers;
  private final TaskChanges changes;
  private final MongoRecorderStore recorders;
  private final GridFsArtifactStore files;
  private final ArtifactStore artifacts;
  private final PoolRetention retention;
  private final Housekeeping housekeeping;
  private final AttemptRecorders attemptRecorders;

  /**
   * @param database its name
   * @param clock for time stamps and versions: a {@link StoreClock}, for what processes write is
   *     compared; leases are judged by the store's own clock
   */
  public WindrowStore(MongoClient client, String database, StoreSettings settings, Clock clock) {
    this(client, database, settings, clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  /**
   * The same with chance of the caller's choice.
   *
   * @param chance uniform in [0, 1): spreads the waits of failed tasks
   */
  public WindrowStore(
      MongoClient client,
      String database,
      StoreSettings settings,
      Clock clock,
      DoubleSupplier chance) {
    this.database = client.getDatabase(database).withWriteConcern(WriteConcern.MAJORITY);
    TaskCollection tasks = new TaskCollection(this.database.getCollection("tasks"), clock);
    this.limits =
        new MongoPoolLimits(this.database.getCollection("pools"), TaskDocument.POOL, tasks);
    this.queueLimits =
        new MongoPoolLimits(this.database.getCollection("queues"), TaskDocument.QUEUE, tasks);
    MongoTaskPool mongoPool =
        new MongoTaskPool(this.database, tasks, limits, queueLimits, settings, chance);
    this.pool = mongoPool;
    this.manager = new MongoTaskManager(this.database, tasks, mongoPool);
    MongoSubmissionStore mongoSubmissions = new MongoSubmissionStore(this.database, tasks);
    this.submissions = mongoSubmissions;
    this.leadership = new MongoLeadership(this.database);
    this.workers = new MongoWorkers(this.database);
    this.changes = new MongoTaskChanges(tasks);
    this.recorders = new MongoRecorderStore(this.database, clock);
    this.attemptRecorders = new AttemptRecorders(this.database, tasks);
    this.files = new GridFsArtifactStore(this.database, clock);
    this.artifacts = new StagedArtifacts(files, recorders);
    this.retention = new MongoPoolRetention(this.database);
    this.housekeeping =
        new MongoHousekeeping(
            tasks,
            new LostAttempts(this.database, tasks, artifacts, retention),
            new OrphanFiles(this.database, artifacts),
            new ExpiredResults(
                this.database,
                tasks,
                mongoSubmissions,
                new Experiments(this.database, recorders, artifacts, clock),
                retention));
  }

  public TaskPool pool() {
    return pool;
  }

  public TaskManager manager() {
    return manager;
  }

  public PoolLimits limits() {
    return limits;
  }

  /** The same of queues. */
  public PoolLimits queueLimits() {
    return queueLimits;
  }

  public SubmissionStore submissions() {
    return submissions;
  }

  public Leadership leadership() {
    return leadership;
  }

  /** What changed lately, for those who watch. */
  public TaskChanges changes() {
    return changes;
  }

  /** The workers that there are. */
  public Workers workers() {
    return workers;
  }

  public RecorderStore recorders() {
    return recorders;
  }

  /** The recorders of a task, one for each attempt, in no order. */
  public Flux<Recorder> recordersOf(String task) {
    return recorders.ofTask(task);
  }

  /** Those of attempts, to be closed when nobody else does. */
  public AttemptRecorders attemptRecorders() {
    return attemptRecorders;
  }

  /** Up to three ids of recorders that begin as this one does. */
  public Flux<String> recorderIdsLike(String id) {
    return NearIds.in(database.getCollection("recorders"), id);
  }

  public ArtifactStore artifacts() {
    return artifacts;
  }

  public PoolRetention retention() {
    return retention;
  }

  public Housekeeping housekeeping() {
    return housekeeping;
  }

  /** For collections of a role's own; with majority writes. */
  public MongoDatabase database() {
    return database;
  }

  /** Creates the indexes that are not there. The embedded server uses them in memory only. */
  public Mono<Void> createIndexes() {
    return Flux.<Object>concat(
            create(
                "tasks",
                Indexes.compoundIndex(
                    Indexes.ascending("queue", "state", "pool"),
                    Indexes.descending("priority"),
                    Indexes.ascending("seq", "_id")),
                Indexes.ascending("pool", "state"),
                Indexes.ascending("pool", "seq", "_id"),
                Indexes.ascending("pool", "definition.model.class", "seq", "_id"),
                Indexes.ascending("pool", "updatedAt", "_id"),
                Indexes.ascending("queue", "state", "announcedAt"),
                Indexes.ascending("state", "lease.heartbeatAt"),
                Indexes.ascending("state", "lease.deadline"),
                Indexes.ascending("seq", "_id"),
                Indexes.ascending("priority", "_id"),
                Indexes.ascending("createdAt", "_id"),
                Indexes.ascending("updatedAt", "_id"),
                Indexes.ascending("submission", "generated", "state"),
                Indexes.ascending("resultPublished", "updatedAt")),
            sparse(TaskDocument.OPEN_KEY),
            sparse(TaskDocument.BLOCKED),
            sparse(TaskDocument.CAUSE),
            sparse(TaskDocument.DEPENDS_ON + ".task"),
            sparse(TaskDocument.CAUSE + ".task"),
            create("tasks", Indexes.ascending(TaskDocument.VERSION)),
            create(
                "submissions",
                Indexes.descending("createdAt"),
                Indexes.ascending("state"),
                Indexes.ascending("pool", "createdAt")),
            create("recorders", Indexes.ascending("status", "taskId")),
            recorders.createIndexes(),
            files.createIndexes())
        .then();
  }

  private Flux<String> sparse(String field) {
    return Flux.from(
        database
            .getCollection("tasks")
            .createIndex(Indexes.ascending(field), new IndexOptions().sparse(true)));
  }

  private Flux<String> create(String collection, Bson... keys) {
    List<IndexModel> indexes = Arrays.stream(keys).map(IndexModel::new).toList();
    return Flux.from(database.getCollection(collection).createIndexes(indexes));
  }
}
