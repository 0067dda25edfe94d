package io.windrow.experiment;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.ObjectId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Files in GridFS that belong to no recorder, and chunks that belong to no file. An upload stores
 * the chunks first and a deletion removes the file first, so either leaves such chunks when it is
 * cut short.
 *
 * <p>Both scans read names and ids only, in the order of an index that every bucket has.
 */
public final class OrphanFiles {
  private static final int BATCH = 1_000;

  private final MongoCollection<Document> files;
  private final MongoCollection<Document> chunks;
  private final MongoCollection<Document> recorders;
  private final ArtifactStore artifacts;

  /**
   * @param artifacts the same that {@code database} holds
   */
  public OrphanFiles(MongoDatabase database, ArtifactStore artifacts) {
    this.files = database.getCollection(GridFsArtifactStore.FILES);
    this.chunks = database.getCollection(GridFsArtifactStore.CHUNKS);
    this.recorders = database.getCollection(MongoRecorderStore.RECORDERS);
    this.artifacts = artifacts;
  }

  /**
   * Deletes what was begun before a time.
   *
   * @return how many recorders had files and were not there, and how many files had only chunks
   */
  public Mono<Long> delete(Instant before) {
    // One after the other: a file on its way out has chunks without a file for a moment.
    return ofNoRecorder(before).flatMap(some -> ofNoFile(before).map(more -> some + more));
  }

  private Mono<Long> ofNoRecorder(Instant before) {
    return Flux.from(
            files
                .find(Filters.lt("uploadDate", Date.from(before)))
                .projection(Projections.include("filename"))
                .sort(Sorts.ascending("filename"))
                .batchSize(BATCH))
        .map(file -> owner(file.getString("filename")))
        .distinctUntilChanged()
        .buffer(BATCH)
        .concatMap(
            owners ->
                ids(recorders, owners)
                    .flatMapMany(
                        there -> Flux.fromIterable(owners).filter(owner -> !there.contains(owner))))
        .concatMap(owner -> artifacts.delete(owner).thenReturn(owner))
        .count();
  }

  private static String owner(String filename) {
    int slash = filename.indexOf('/');
    return slash < 0 ? filename : filename.substring(0, slash);
  }

  private Mono<Long> ofNoFile(Instant before) {
    return Flux.from(
            chunks
                .find(Filters.lt("files_id", new ObjectId(Date.from(before))))
                .projection(Projections.include("files_id"))
                .sort(Sorts.ascending("files_id", "n"))
                .batchSize(BATCH))
        .map(chunk -> chunk.getObjectId("files_id"))
        .distinctUntilChanged()
        .buffer(BATCH)
        .concatMap(
            ids ->
                ids(files, ids)
                    .flatMapMany(there -> Flux.fromIterable(ids).filter(id -> !there.contains(id))))
        .concatMap(id -> Mono.from(chunks.deleteMany(new Document("files_id", id))).thenReturn(id))
        .count();
  }

  /** Those of some ids that are there. */
  private static Mono<Set<Object>> ids(MongoCollection<Document> in, Collection<?> ids) {
    return Flux.from(
            in.find(new Document("_id", new Document("$in", List.copyOf(ids))))
                .projection(Projections.include("_id"))
                .batchSize(BATCH))
        .map(d -> d.get("_id"))
        .collect(Collectors.toSet());
  }
}
