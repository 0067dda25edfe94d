package io.windrow.worker.process;

import io.windrow.worker.execute.FailureClassifier;
import java.util.Arrays;
import java.util.Optional;

/** The signals that end a process because of something that went wrong in it. */
public enum Signal {
  SIGILL(4),
  SIGABRT(6),
  SIGBUS(7),
  SIGFPE(8),
  /** Of the system, mostly: memory has run out. What Windrow kills itself is not asked why. */
  SIGKILL(9),
  SIGSEGV(11);

  /** A signal's number and this is the exit code. */
  private static final int SIGNALLED = 128;

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /** The signal that an exit code stands for, if it is one of these. */
  public static Optional<Signal> of(int exitCode) {
    return Arrays.stream(values()).filter(each -> each.number == exitCode - SIGNALLED).findFirst();
  }

  /** The error class of an attempt that ended so. */
  public String errorClass() {
    return this == SIGKILL ? FailureClassifier.OUT_OF_MEMORY : FailureClassifier.NATIVE_CRASH;
  }
}
