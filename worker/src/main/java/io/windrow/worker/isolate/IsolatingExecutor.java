package io.windrow.worker.isolate;

import io.windrow.quant.dataset.CacheSettings;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import io.windrow.task.Isolation;
import io.windrow.worker.execute.TaskExecutor;
import io.windrow.worker.execute.Work;
import io.windrow.worker.isolate.Message.Engine;
import io.windrow.worker.isolate.Message.Job;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs what another executor would run: by that, or in a Java process of its own if the task wants
 * to be isolated. A crash of a native library, or a heap used up, then costs this one attempt.
 */
public final class IsolatingExecutor implements TaskExecutor {
  /** Features may take this part of a process's heap, as they may of a worker's. */
  private static final int FEATURES_PART = 3;

  private final TaskExecutor inner;
  private final IsolationSettings settings;
  private final Engine engine;
  private final ArtifactSource artifacts;

  /**
   * @param inner runs what need not be isolated; its name tells the process what to do
   * @param threads of a run
   * @param files where computed features are kept for all processes; memory is not shared
   * @param roots folders that hold data
   * @param artifacts where references of a definition are read
   */
  public IsolatingExecutor(
      TaskExecutor inner,
      IsolationSettings settings,
      int threads,
      Optional<CacheSettings.Files> files,
      List<Path> roots,
      ArtifactSource artifacts) {
    this.inner = inner;
    this.settings = settings;
    this.artifacts = artifacts;
    this.engine =
        new Engine(
            threads,
            settings.heapBytes() / FEATURES_PART,
            files.map(each -> each.folder().toString()).orElse(null),
            files.map(CacheSettings.Files::maxBytes).orElse(0L),
            roots.stream().map(Path::toString).toList());
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public boolean accepts(Map<String, Object> definition) {
    return inner.accepts(definition);
  }

  @Override
  public Map<String, Double> execute(Work work, RunRecorder recorder, Cancellation cancellation)
      throws Exception {
    if (work.isolation() == Isolation.NONE) {
      return inner.execute(work, recorder, cancellation);
    }
    try (Child child = Child.start(settings)) {
      return child.run(new Job(inner.name(), work, engine), artifacts, recorder, cancellation);
    }
  }
}
