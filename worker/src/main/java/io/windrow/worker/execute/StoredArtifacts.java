package io.windrow.worker.execute;

import io.windrow.experiment.ArtifactStore;
import io.windrow.pool.TaskPool;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.reference.Selector;
import io.windrow.task.Task;
import io.windrow.worker.commit.StoreRetry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads what a definition refers to from the store. A task's artifacts are those of the recorder
 * that its outcome is in, so an attempt that was cut off is never read.
 *
 * <p>What is missing fails the task for good; a store that does not answer is another matter.
 */
public final class StoredArtifacts implements ArtifactSource {
  /** A model of a thousand rounds of 210 leaves has about 20 MB. */
  private static final long LARGEST = 256L << 20;

  private static final int SHOWN = 10;

  private final TaskPool pool;
  private final ArtifactStore artifacts;
  private final StoreRetry retry;
  private final long largest;

  public StoredArtifacts(TaskPool pool, ArtifactStore artifacts, StoreRetry retry) {
    this(pool, artifacts, retry, LARGEST);
  }

  /**
   * @param largest bytes that are read
   */
  StoredArtifacts(TaskPool pool, ArtifactStore artifacts, StoreRetry retry, long largest) {
    this.pool = pool;
    this.artifacts = artifacts;
    this.retry = retry;
    this.largest = largest;
  }

  @Override
  public Artifact read(Reference reference, String where, List<String> names) {
    String recorder = recorder(reference, where);
    Map<String, Long> there = held(recorder);
    String path =
        (reference.path() == null ? names : List.of(reference.path()))
            .stream()
                .filter(there::containsKey)
                .findFirst()
                .orElseThrow(() -> missing(reference, names, where, recorder, there));
    long length = there.get(path);
    if (length > largest) {
      throw new DefinitionException(
          where,
          "%s of recorder %s has %,d bytes, at most %,d are read"
              .formatted(path, recorder, length, largest));
    }
    byte[] bytes = ask(() -> artifacts.get(recorder, path));
    if (bytes == null) {
      throw missing(reference, names, where, recorder, Map.of());
    }
    return new Artifact(recorder, path, bytes);
  }

  private String recorder(Reference reference, String where) {
    Selector selector = reference.selector();
    if (selector instanceof Selector.OfRecorder recorder) {
      return recorder.id();
    }
    if (selector instanceof Selector.OfTask of) {
      Task task = ask(() -> pool.find(of.id()));
      if (task == null) {
        throw new DefinitionException(
            where, "there is no task " + of.id() + " any more: submit the workflow again");
      }
      if (task.result() == null) {
        throw new DefinitionException(
            where,
            "task %s is %s and has no result: run it, then retry this one with 'windrow task retry'"
                .formatted(of.id(), task.state().word()));
      }
      return task.result().recorder();
    }
    throw new DefinitionException(
        where, reference + " was not resolved: submit the workflow instead of its task");
  }

  /** Length by path. */
  private Map<String, Long> held(String recorder) {
    Map<String, Long> held =
        ask(
            () ->
                artifacts
                    .list(recorder)
                    .collectMap(ArtifactStore.Artifact::path, ArtifactStore.Artifact::length));
    return held == null ? Map.of() : held;
  }

  private static DefinitionException missing(
      Reference reference,
      List<String> names,
      String where,
      String recorder,
      Map<String, Long> there) {
    String wanted = reference.path() == null ? String.join(" or ", names) : reference.path();
    String has =
        there.isEmpty()
            ? "no artifacts: it was deleted, or belongs to no finished run"
            : there.keySet().stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
    return new DefinitionException(
        where,
        "recorder %s has no %s; it has %s. Run its task again, or name another recorder"
            .formatted(recorder, wanted, has));
  }

  private <T> @Nullable T ask(Supplier<Mono<T>> question) {
    return retry.call(question, () -> true);
  }
}
