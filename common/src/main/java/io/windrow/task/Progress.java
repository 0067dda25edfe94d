package io.windrow.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a task has come.
 *
 * @param attempt attempts charged so far to its present stage
 * @param notBefore it may not be announced before
 * @param paused it waits until somebody resumes it
 * @param blocked it waits for what it depends on
 * @param lease who runs it, or null
 * @param history one entry per ended attempt
 * @param earlier what the stages that have ended came to, in their order
 * @param result summary of the finished task, or null
 */
public record Progress(
    int attempt,
    Instant notBefore,
    boolean paused,
    boolean blocked,
    @Nullable Lease lease,
    List<Attempt> history,
    List<TaskResult> earlier,
    @Nullable TaskResult result) {

  public Progress {
    history = List.copyOf(history);
    earlier = List.copyOf(earlier);
  }
}
