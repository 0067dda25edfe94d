package io.windrow.experiment;

import com.mongodb.client.gridfs.model.GridFSFile;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import com.mongodb.reactivestreams.client.gridfs.GridFSBucket;
import com.mongodb.reactivestreams.client.gridfs.GridFSBuckets;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Date;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Artifacts in GridFS's layout, bucket {@code artifacts}. The file name is {@code
 * <recorder>/<path>}; where a name stands twice (a replacement cut short) the newest is the
 * artifact.
 *
 * <p>Uploads are written here: the driver's own reads all of its source ahead, whatever its size.
 * As in the driver the chunks come first and the file last, so that what is there is whole. Till
 * then the time in its id is all that tells an upload under way from one that was cut short.
 */
public final class GridFsArtifactStore implements ArtifactStore {
  /** Chunks asked for at once: a reply of the embedded server must stay below 48 MB. */
  private static final int CHUNKS_AHEAD = 16;

  private static final int BATCH = 500;

  private static final String BUCKET = "artifacts";
  static final String FILES = BUCKET + ".files";
  static final String CHUNKS = BUCKET + ".chunks";

  private final GridFSBucket bucket;
  private final MongoCollection<Document> files;
  private final MongoCollection<Document> chunks;
  private final Clock clock;

  /**
   * @param clock for ids and dates: the store's, since others tell by it what is left over
   */
  public GridFsArtifactStore(MongoDatabase database, Clock clock) {
    this.bucket = GridFSBuckets.create(database, BUCKET);
    this.files = database.getCollection(FILES);
    this.chunks = database.getCollection(CHUNKS);
    this.clock = clock;
  }

  @Override
  public Mono<Artifact> put(String recorder, String path, byte[] bytes) {
    return put(recorder, path, Content.of(bytes));
  }

  @Override
  public Mono<Artifact> put(String recorder, String path, Content content) {
    if (recorder.isBlank() || recorder.indexOf('/') >= 0 || path.isBlank()) {
      return Mono.error(
          new IllegalArgumentException("no artifact name: '" + recorder + "' / '" + path + "'"));
    }
    String name = name(recorder, path);
    return Mono.fromSupplier(() -> new ObjectId(Date.from(clock.instant())))
        .flatMap(id -> upload(id, name, content).then(deleteWhere(olderThan(name, id))))
        .thenReturn(new Artifact(recorder, path, content.length()));
  }

  /** Creates the indexes that every bucket has; idempotent. */
  public Mono<Void> createIndexes() {
    return Mono.from(files.createIndex(Indexes.ascending("filename", "uploadDate")))
        .then(
            Mono.from(
                chunks.createIndex(
                    Indexes.ascending("files_id", "n"), new IndexOptions().unique(true))))
        .then();
  }

  private Mono<Void> upload(ObjectId id, String name, Content content) {
    Document file =
        new Document("_id", id)
            .append("length", content.length())
            .append("chunkSize", Content.PIECE)
            .append("uploadDate", id.getDate())
            .append("filename", name);
    return content
        .bytes()
        .index()
        .concatMap(piece -> chunks.insertOne(chunk(id, piece.getT1().intValue(), piece.getT2())), 1)
        .then(Mono.from(files.insertOne(file)))
        .then()
        .onErrorResume(
            e -> // what is left of it if this fails, too, is swept later
            Mono.from(chunks.deleteMany(new Document("files_id", id)))
                    .onErrorComplete()
                    .then(Mono.error(e)));
  }

  private static Document chunk(ObjectId id, int number, ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.duplicate().get(bytes);
    return new Document("files_id", id).append("n", number).append("data", new Binary(bytes));
  }

  @Override
  public Mono<byte[]> get(String recorder, String path) {
    return open(recorder, path).flatMap(Content::whole);
  }

  @Override
  public Mono<Content> open(String recorder, String path) {
    return newest(recorder, path).map(this::content);
  }

  @Override
  public Mono<StoredContent> stored(String recorder, String path) {
    return newest(recorder, path)
        .map(
            file ->
                new StoredContent(
                    file.getObjectId().toHexString(),
                    file.getLength(),
                    (first, last) -> part(file, first, last)));
  }

  private Mono<GridFSFile> newest(String recorder, String path) {
    return Mono.from(
        bucket
            .find(Filters.eq("filename", name(recorder, path)))
            .sort(Sorts.descending("_id"))
            .limit(1));
  }

  /** From the chunks that hold it alone. */
  private Flux<ByteBuffer> part(GridFSFile file, long first, long last) {
    int size = file.getChunkSize();
    long from = first / size;
    long to = last / size;
    Bson held =
        Filters.and(
            Filters.eq("files_id", file.getObjectId()),
            Filters.gte("n", (int) from),
            Filters.lte("n", (int) to));
    return Flux.from(chunks.find(held).sort(Sorts.ascending("n")).batchSize(CHUNKS_AHEAD))
        .index()
        .map(
            chunk -> {
              long number = from + chunk.getT1();
              if (chunk.getT2().getInteger("n") != number) {
                throw new IllegalStateException(gap(file, number));
              }
              byte[] data = chunk.getT2().get("data", Binary.class).getData();
              int begin = number == from ? (int) (first - from * size) : 0;
              int end = number == to ? (int) (last - to * size) + 1 : data.length;
              return ByteBuffer.wrap(data, begin, end - begin);
            })
        .limitRate(CHUNKS_AHEAD);
  }

  @Override
  public Flux<Artifact> list(String recorder) {
    return Flux.from(
            bucket.find(ownedBy(recorder)).sort(Sorts.ascending("filename")).batchSize(BATCH))
        .map(
            file ->
                new Artifact(
                    recorder,
                    file.getFilename().substring(recorder.length() + 1),
                    file.getLength()))
        .distinct(Artifact::path);
  }

  @Override
  public Mono<Void> delete(String recorder) {
    return deleteWhere(ownedBy(recorder));
  }

  private Mono<Void> deleteWhere(Bson filter) {
    return Flux.from(bucket.find(filter).batchSize(BATCH))
        .concatMap(file -> bucket.delete(file.getId()))
        .then();
  }

  private static String gap(GridFSFile file, long number) {
    return "artifact '%s' lacks its chunk %d".formatted(file.getFilename(), number);
  }

  private Content content(GridFSFile file) {
    return new Content(
        file.getLength(),
        Flux.from(bucket.downloadToPublisher(file.getId())).limitRate(CHUNKS_AHEAD));
  }

  private static Bson olderThan(String name, ObjectId id) {
    return Filters.and(Filters.eq("filename", name), Filters.lt("_id", id));
  }

  private static Bson ownedBy(String recorder) {
    // '0' is the character after '/': all names that begin with "<recorder>/".
    return Filters.and(
        Filters.gte("filename", recorder + "/"), Filters.lt("filename", recorder + "0"));
  }

  private static String name(String recorder, String path) {
    return recorder + "/" + path;
  }
}
