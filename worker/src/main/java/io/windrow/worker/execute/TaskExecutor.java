package io.windrow.worker.execute;

import io.windrow.quant.run.Cancellation;
import io.windrow.quant.run.RunRecorder;
import java.util.Map;

/**
 * A way to run a task definition. An executor returns or throws; what an error means for the task
 * is decided in one place, {@link FailureClassifier}.
 */
public interface TaskExecutor {

  /** The name it is enabled by in {@code windrow.worker.executors}; also a metric's tag. */
  String name();

  /** Whether a definition is of the kind this executor runs. */
  boolean accepts(Map<String, Object> definition);

  /**
   * Runs one attempt on the calling thread.
   *
   * @param work what to run
   * @param recorder where to put parameters, metrics and artifacts
   * @param cancellation to be asked often; when it is requested, the run ends with a {@link
   *     java.util.concurrent.CancellationException}
   * @return last values of the metrics, the summary kept in the task
   * @throws Exception whatever went wrong
   */
  Map<String, Double> execute(Work work, RunRecorder recorder, Cancellation cancellation)
      throws Exception;
}
