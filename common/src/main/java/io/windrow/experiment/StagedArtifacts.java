package io.windrow.experiment;

import java.util.Comparator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The artifacts of recorders that continue one another, as those of a task's stages do: what a
 * recorder does not have itself is that of the recorder before it. So a task's predictions are its
 * last recorder's, whichever stage made them. In a list each names the recorder that owns it.
 */
public final class StagedArtifacts implements ArtifactStore {
  private final ArtifactStore own;
  private final RecorderStore recorders;

  /**
   * @param own each recorder's own artifacts
   */
  public StagedArtifacts(ArtifactStore own, RecorderStore recorders) {
    this.own = own;
    this.recorders = recorders;
  }

  @Override
  public Mono<Artifact> put(String recorder, String path, byte[] bytes) {
    return own.put(recorder, path, bytes);
  }

  @Override
  public Mono<Artifact> put(String recorder, String path, Content content) {
    return own.put(recorder, path, content);
  }

  @Override
  public Mono<byte[]> get(String recorder, String path) {
    return open(recorder, path).flatMap(Content::whole);
  }

  @Override
  public Mono<Content> open(String recorder, String path) {
    return own.open(recorder, path)
        .switchIfEmpty(
            Mono.defer(() -> previous(recorder).flatMap(previous -> open(previous, path))));
  }

  @Override
  public Mono<StoredContent> stored(String recorder, String path) {
    return own.stored(recorder, path)
        .switchIfEmpty(
            Mono.defer(() -> previous(recorder).flatMap(previous -> stored(previous, path))));
  }

  private Mono<String> previous(String recorder) {
    return recorders.find(recorder).mapNotNull(Recorder::previous);
  }

  @Override
  public Flux<Artifact> list(String recorder) {
    return Flux.concat(
            own.list(recorder), Flux.defer(() -> previous(recorder).flatMapMany(this::list)))
        .distinct(Artifact::path)
        .sort(Comparator.comparing(Artifact::path));
  }

  @Override
  public Mono<Void> delete(String recorder) {
    return own.delete(recorder);
  }
}
