package io.windrow.task;

import java.util.Map;

/** What one attempt came to, as the executor reports it and the committer records it. */
public sealed interface Outcome {

  /**
   * The task is done, or if further stages follow, its stage.
   *
   * @param metrics the small summary kept in the task: IC, best iteration, seconds per phase
   */
  record Succeeded(Map<String, Double> metrics) implements Outcome {
    public Succeeded {
      metrics = Map.copyOf(metrics);
    }
  }

  /**
   * A part of the task is done; the client fetches it again for the rest (Qlib's {@code
   * after_status=part_done}). Of a task that declares stages it is the end of one.
   *
   * @param metrics kept with the part
   */
  record PartDone(Map<String, Double> metrics) implements Outcome {
    public PartDone {
      metrics = Map.copyOf(metrics);
    }
  }

  /**
   * The attempt failed.
   *
   * @param kind whether another attempt may help
   * @param errorClass simple name of the error
   * @param message what went wrong, for people
   * @param logTail the end of the attempt's log, or empty
   */
  record Failed(FailureKind kind, String errorClass, String message, String logTail)
      implements Outcome {}

  /**
   * The worker gives the task back unfinished; the attempt is not charged.
   *
   * @param reason why, for the history
   */
  record HandedBack(String reason) implements Outcome {}
}
