package io.windrow.experiment;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bytes that recorders own, by path. */
public interface ArtifactStore {

  /**
   * An artifact's entry.
   *
   * @param recorder id of the owner
   * @param path for example {@code sig_analysis/ic.arrow}
   * @param length bytes
   */
  record Artifact(String recorder, String path, long length) {}

  /** Stores an artifact; an earlier one of the same recorder and path is replaced. */
  Mono<Artifact> put(String recorder, String path, byte[] bytes);

  /** Its bytes; empty if there is none. */
  Mono<byte[]> get(String recorder, String path);

  /**
   * The same for what may be larger than memory. An implementation that does not hold such
   * artifacts need not override it.
   *
   * @param content read once for each subscription
   */
  default Mono<Artifact> put(String recorder, String path, Content content) {
    return content.whole().flatMap(bytes -> put(recorder, path, bytes));
  }

  /** The same as {@link #get} for what may be larger than memory; empty if there is none. */
  default Mono<Content> open(String recorder, String path) {
    return get(recorder, path).map(Content::of);
  }

  /** The same for who wants a part of it; empty if there is none. */
  default Mono<StoredContent> stored(String recorder, String path) {
    return get(recorder, path).map(StoredContent::of);
  }

  /** By path. */
  Flux<Artifact> list(String recorder);

  /** Deletes all artifacts of a recorder. */
  Mono<Void> delete(String recorder);
}
