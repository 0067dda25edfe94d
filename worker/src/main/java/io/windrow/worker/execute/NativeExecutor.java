package io.windrow.worker.execute;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.reference.ArtifactSource;
import io.windrow.quant.reference.Reference;
import io.windrow.quant.reference.Selector;
import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.ResearchEngine;
import io.windrow.quant.run.RunRecorder;
import io.windrow.worker.execute.Work.Earlier;
import java.util.List;
import java.util.Map;

/**
 * Runs Qlib's task dict on the research engine. All slots share the engine, and so its features.
 * Which classes a definition may name is the engine's list; it never loads a class by name.
 */
public final class NativeExecutor implements TaskExecutor {
  static final String NAME = "native";

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
    return NAME;
  }

  /** Anything but a command's: what the engine does not know, it refuses with a reason. */
  @Override
  public boolean accepts(Map<String, Object> definition) {
    return !definition.containsKey("process");
  }

  @Override
  public Map<String, Double> execute(Work work, RunRecorder recorder, Cancellation cancellation) {
    ArtifactSource withStages =
        (reference, where, names) ->
            artifacts.read(resolved(reference, work.earlier(), where), where, names);
    return engine.run(work.definition(), withStages, recorder, cancellation);
  }

  /** Stages are known here alone; all else the source knows. */
  private static Reference resolved(Reference reference, List<Earlier> earlier, String where) {
    Selector selector = reference.selector();
    if (selector instanceof Selector.PreviousStage) {
      if (earlier.isEmpty()) {
        throw new DefinitionException(where, "there is no stage before this one to read from");
      }
      return of(reference, earlier.get(earlier.size() - 1));
    }
    if (selector instanceof Selector.OfStage of) {
      return earlier.stream()
          .filter(stage -> stage.name().equals(of.name()))
          .findFirst()
          .map(stage -> of(reference, stage))
          .orElseThrow(
              () ->
                  new DefinitionException(
                      where, "there is no stage '" + of.name() + "' before this one"));
    }
    return reference;
  }

  private static Reference of(Reference reference, Earlier stage) {
    return reference.of(new Selector.OfRecorder(stage.recorder()));
  }
}
