package io.windrow.worker.execute;

import io.windrow.quant.data.DataException;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.Set;

/**
 * Decides what an error means for the task.
 *
 * <p>Fatal is what would fail the same way anywhere: a definition that makes no sense, data that
 * cannot be used. Everything else may be an accident of this worker or this moment (the store or
 * the broker away, a disk full, no memory left, a native library missing, an unforeseen error) and
 * is tried again; the task's attempts bound that.
 */
public final class FailureClassifier {
  /** The error class of what ran out of memory, wherever it ran. */
  public static final String OUT_OF_MEMORY = "OutOfMemory";

  /** The error class of what was ended by a signal. */
  public static final String NATIVE_CRASH = "NativeCrash";

  /** The error class of a process that ended without a result. */
  public static final String PROCESS_ENDED = "ProcessEnded";

  /** The error class of an attempt that took longer than its task's terms allow. */
  static final String TIMED_OUT = "TimedOut";

  private static final int MAX_MESSAGE = 2_000;
  private static final int MAX_TRACE = 4_000;

  /** With their subclasses. */
  private static final Set<Class<? extends Throwable>> FATAL =
      Set.of(DefinitionException.class, DataException.class, IllegalArgumentException.class);

  /** The outcome of an attempt that ended with an error. */
  public Outcome.Failed classify(Throwable error) {
    if (error instanceof ClassifiedFailure classified) {
      return classified.outcome();
    }
    if (error instanceof OutOfMemoryError) {
      return new Outcome.Failed(
          FailureKind.RETRYABLE,
          OUT_OF_MEMORY,
          "the worker's heap of %d MB was not enough (%s): give the worker more (-Xmx) or fewer"
                  .formatted(Runtime.getRuntime().maxMemory() >> 20, error.getMessage())
              + " slots, or let the task run by itself (windrow.isolation: process)",
          trace(error));
    }
    boolean isFatal = FATAL.stream().anyMatch(type -> type.isInstance(error));
    return new Outcome.Failed(
        isFatal ? FailureKind.FATAL : FailureKind.RETRYABLE,
        error.getClass().getSimpleName(),
        cut(
            Objects.requireNonNullElse(error.getMessage(), error.getClass().getName()),
            MAX_MESSAGE),
        isFatal ? "" : trace(error));
  }

  private static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return cut(text.toString(), MAX_TRACE);
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max) + "...";
  }
}
