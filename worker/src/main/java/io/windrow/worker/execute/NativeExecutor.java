package io.windrow.worker.execute;

import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.quant.run.RunRecorder;
import java.util.Map;

/**
 * Runs Qlib's task dict on the research engine. All slots share the engine, and so its features.
 * Which classes a definition may name is the engine's list; it never loads a class by name.
 */
public final class NativeExecutor implements TaskExecutor {
  private final ResearchEngine engine;
  private final ArtifactSource artifacts;

  /**
   * @param artifacts where references of a definition are read
   */
  public NativeExecutor(ResearchEngine engine, ArtifactSource artifacts) {
    this.engine = engine;
    this.artifacts = artifacts;
  }

  @Override
  public String name() {
    return "native";
  }

  /** Anything but a command's: what the engine does not know, it refuses with a reason. */
  @Override
  public boolean accepts(Map<String, Object> definition) {
    return !definition.containsKey("process");
  }

  @Override
  public Map<String, Double> execute(
      Map<String, Object> definition,
      int attempt,
      RunRecorder recorder,
      Cancellation cancellation) {
    return engine.run(definition, artifacts, recorder, cancellation);
  }
}
