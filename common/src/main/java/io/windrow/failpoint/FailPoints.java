package io.windrow.failpoint;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens at the {@linkplain FailPoint points}: nothing, unless a test says otherwise.
 *
 * <ul>
 *   <li>A process that was started with {@code -Dwindrow.failpoint=task_committed:3} halts, as if
 *       killed, when it passes that point for the third time. The property is read from the command
 *       line of the JVM alone: no setting, file or request can arm a point.
 *   <li>A test within the JVM {@linkplain #arm arms} all points and throws {@link ProcessStopped}
 *       where it likes.
 * </ul>
 */
public final class FailPoints {
  /** Name of the system property. */
  public static final String PROPERTY = "windrow.failpoint";

  /** What a process halted here exits with. */
  public static final int EXIT_CODE = 86;

  private static volatile @Nullable Consumer<FailPoint> armed = ofProperty();

  private FailPoints() {}

  /** For tests: what is to happen at the points, until it is closed. Not for two at once. */
  public static Armed arm(Consumer<FailPoint> action) {
    Consumer<FailPoint> before = armed;
    armed = action;
    return () -> armed = before;
  }

  /** Closing it makes the points what they were. */
  @FunctionalInterface
  public interface Armed extends AutoCloseable {
    @Override
    void close();
  }

  static void pass(FailPoint point) {
    Consumer<FailPoint> action = armed;
    if (action != null) {
      action.accept(point);
    }
  }

  private static @Nullable Consumer<FailPoint> ofProperty() {
    String value = System.getProperty(PROPERTY);
    return value == null ? null : halting(value, () -> Runtime.getRuntime().halt(EXIT_CODE));
  }

  /**
   * Runs {@code halt} at the n-th pass of a point.
   *
   * @param value {@code point} or {@code point:n}
   * @throws IllegalArgumentException if there is no such point, or n is not a number from 1
   */
  static Consumer<FailPoint> halting(String value, Runnable halt) {
    String[] parts = value.split(":", -1);
    FailPoint point;
    AtomicInteger left;
    try {
      point = FailPoint.valueOf(parts[0].toUpperCase(Locale.ROOT));
      left = new AtomicInteger(parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
    } catch (IllegalArgumentException e) {
      throw invalid(value, e);
    }
    if (parts.length > 2 || left.get() < 1) {
      throw invalid(value, null);
    }
    return passed -> {
      if (passed == point && left.decrementAndGet() == 0) {
        halt.run();
      }
    };
  }

  private static IllegalArgumentException invalid(String value, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "-D%s=%s: write the name of a FailPoint, or name:n for its n-th pass, n from 1"
            .formatted(PROPERTY, value),
        cause);
  }
}
