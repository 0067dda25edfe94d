package io.windrow.cli.terminal;

import java.util.concurrent.CompletableFuture;

/**
 * Ties this process to another one, which started it for its own purposes: when that one ends, in
 * whatever way, this one ends too.
 */
public final class Lifeline {
  /** The system property with the other's process id. */
  public static final String PROPERTY = "windrow.lifeline";

  private Lifeline() {}

  /** Holds on to the process that the property names, if there is one. */
  public static void attach() {
    Long other = Long.getLong(PROPERTY);
    if (other != null) {
      CompletableFuture<?> end =
          ProcessHandle.of(other)
              .map(ProcessHandle::onExit)
              .orElseGet(() -> CompletableFuture.completedFuture(null));
      var unused = end.thenRun(() -> Runtime.getRuntime().halt(1));
    }
  }
}
