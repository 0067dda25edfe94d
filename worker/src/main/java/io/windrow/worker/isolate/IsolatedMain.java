package io.windrow.worker.isolate;

import io.windrow.quant.dataset.CacheSettings;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.EngineSettings;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.worker.execute.FailureClassifier;
import io.windrow.worker.execute.NativeExecutor;
import io.windrow.worker.execute.NoopExecutor;
import io.windrow.worker.execute.TaskExecutor;
import io.windrow.worker.isolate.Message.Engine;
import io.windrow.worker.isolate.Message.Job;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The process of one attempt. It hears the worker on its standard input, whose end means that the
 * worker is gone, and answers on a stream of its own, since native libraries print as they like.
 */
public final class IsolatedMain {
  private IsolatedMain() {}

  /**
   * Runs the one job.
   *
   * @param args where to answer, and how many bytes a message may have
   * @throws IOException if the worker cannot be heard
   */
  public static void main(String[] args) throws IOException {
    try (FileOutputStream answers = new FileOutputStream(args[0])) {
      Wire wire = new Wire(System.in, answers, Integer.parseInt(args[1]));
      Wire.Received first = wire.receive();
      if (first == null || !(first.message() instanceof Job job)) {
        throw new IOException("the worker sent no job");
      }
      Parent parent = new Parent(wire);
      parent.listen();
      wire.send(run(job, parent));
    }
    // Whatever threads a native library has left behind.
    Runtime.getRuntime().halt(0);
  }

  private static Message run(Job job, Parent parent) {
    try {
      Map<String, Double> metrics =
          executor(job, parent).execute(job.work(), parent, parent::stopped);
      return new Message.Done(metrics);
    } catch (Throwable error) {
      return new Message.Failed(new FailureClassifier().classify(error));
    }
  }

  private static TaskExecutor executor(Job job, ArtifactSource artifacts) {
    return job.executor().equals("noop")
        ? new NoopExecutor(true)
        : new NativeExecutor(new ResearchEngine(settings(job.engine())), artifacts);
  }

  private static EngineSettings settings(Engine engine) {
    Optional<CacheSettings.Files> files =
        Optional.ofNullable(engine.files())
            .map(folder -> new CacheSettings.Files(Path.of(folder), engine.filesBytes()));
    List<Path> roots = engine.roots().stream().map(Path::of).toList();
    return new EngineSettings(
        engine.threads(), new CacheSettings(engine.cacheBytes(), files), roots);
  }
}
