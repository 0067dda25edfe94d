package io.windrow.worker.isolate;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.windrow.task.Outcome;
import io.windrow.worker.execute.Work;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a worker and the process of an attempt say to each other; bytes follow by themselves. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
sealed interface Message {

  // ---- from the worker

  /**
   * What to run; the first message.
   *
   * @param executor by its name
   * @param work definition and what belongs to it
   * @param engine what the research engine may use
   */
  record Job(String executor, Work work, Engine engine) implements Message {}

  /**
   * The settings of a research engine.
   *
   * @param threads of the run
   * @param cacheBytes bound of the features in memory
   * @param files folder of features in files; null for none
   * @param filesBytes bound of that folder
   * @param roots folders that hold data
   */
  record Engine(
      int threads, long cacheBytes, @Nullable String files, long filesBytes, List<String> roots) {}

  /** End as soon as it is possible in good order. */
  record Stop() implements Message {}

  /** Answers {@link Wanted}; the artifact's bytes follow. */
  record Found(String recorder, String path) implements Message {}

  /** Answers {@link Wanted}: there is none; the worker knows why. */
  record Missing() implements Message {}

  // ---- from the process

  /** As {@link io.windrow.quant.run.RunRecorder#param}. */
  record Param(String name, String value) implements Message {}

  /** As {@link io.windrow.quant.run.RunRecorder#metric}. */
  record Metric(String name, int step, double value) implements Message {}

  /** As {@link io.windrow.quant.run.RunRecorder#artifact}; its bytes follow. */
  record Artifact(String path) implements Message {}

  /** As {@link io.windrow.quant.reference.ArtifactSource#read}, which waits for the answer. */
  record Wanted(String reference, String where, List<String> names) implements Message {}

  /** The last message: the run has succeeded. */
  record Done(Map<String, Double> metrics) implements Message {}

  /** The last message: the run has failed. */
  record Failed(Outcome.Failed outcome) implements Message {}
}
