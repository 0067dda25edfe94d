package io.windrow.cli.chaos;

import io.windrow.cli.chaos.History.Ran;
import io.windrow.cli.chaos.History.Try;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Every attempt that was charged and came to nothing was asked to fail, or something happened to
 * its worker meanwhile. That store, broker or coordinator were away explains nothing: it charges
 * nobody. It explains that an attempt was handed back, which nobody is charged for, but which does
 * not happen by itself either. And none succeeds that was asked to fail.
 */
final class RetriesAreExplained implements Guarantee {
  private static final String ASKED = "IOException";

  /** A process may notice so late what has come over it, or another. */
  private static final Duration NOTICED = Duration.ofSeconds(15);

  @Override
  public String promise() {
    return "every retry is explained by a fault";
  }

  @Override
  public Stream<Violation> violations(History history) {
    return history.tasks().stream()
        .flatMap(
            task ->
                task.tries().stream()
                    .filter(one -> !isExplained(one, task, history))
                    .map(one -> new Violation(task.id(), message(one, history))));
  }

  private static boolean isExplained(Try one, Ran task, History history) {
    return switch (one.outcome()) {
      case "retry", "failed" ->
          (task.wish().failsIn(one.attempt()) && isAsked(one)) || happened(one, history);
      case "expired" -> happened(one, history);
      case "handed_back" ->
          history.faults().stream()
              .anyMatch(fault -> fault.overlaps(one.from().minus(NOTICED), one.to()));
      case "done" -> !task.wish().failsIn(one.attempt());
      default -> true;
    };
  }

  /** The executor's own failure, not one of the store on the way. */
  private static boolean isAsked(Try one) {
    return ASKED.equals(one.error()) || "IllegalArgumentException".equals(one.error());
  }

  private static boolean happened(Try one, History history) {
    return history.faults().stream()
        .anyMatch(
            fault ->
                fault.overlaps(one.from(), one.to())
                    && fault.kind().explains(fault.target(), one.worker()));
  }

  private static String message(Try one, History history) {
    return "%s; faults meanwhile: %s"
        .formatted(
            one, history.faults().stream().filter(f -> f.overlaps(one.from(), one.to())).toList());
  }
}
