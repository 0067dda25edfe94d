package io.windrow.cli.chaos;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a task is asked to do.
 *
 * @param number of the task, from 0: no two have the same
 * @param sleepMs how long it takes
 * @param fail {@code none}, {@code retryable} or {@code fatal}
 * @param failAttempts how many of its attempts fail so
 * @param artifactKb size of its large artifact, 0 for none
 */
record Wish(int number, int sleepMs, String fail, int failAttempts, int artifactKb) {
  /** Attempts of every task. */
  static final int MOST_ATTEMPTS = 6;

  private static final String NONE = "none";

  /** The wish of a task drawn by lot: the same seed and number, the same wish. */
  static Wish of(long seed, int number, Duration lease) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    double length = random.nextDouble();
    int longer =
        length < 0.7
            ? random.nextInt(20, 300)
            : length < 0.95
                ? random.nextInt(300, 1_500)
                : (int) (lease.toMillis() * random.nextDouble(0.5, 1.2));
    double failure = random.nextDouble();
    String fail = failure < 0.03 ? "fatal" : failure < 0.1 ? "retryable" : NONE;
    int failAttempts =
        fail.equals(NONE)
            ? 0
            : fail.equals("fatal") || failure < 0.04 ? MOST_ATTEMPTS : random.nextInt(1, 3);
    // One that fails in all its attempts is short: six long ones would look like a standstill.
    int sleepMs = failAttempts == MOST_ATTEMPTS ? random.nextInt(20, 300) : longer;
    int artifactKb = random.nextInt(4) == 0 ? random.nextInt(1, 33) : 0;
    return new Wish(number, sleepMs, fail, failAttempts, artifactKb);
  }

  /** The task's {@code noop} section. */
  Map<String, Object> section() {
    Map<String, Object> section = new LinkedHashMap<>();
    section.put("number", number);
    section.put("sleep_ms", sleepMs);
    section.put("fail", fail);
    section.put("fail_attempts", failAttempts);
    section.put("artifact_kb", artifactKb);
    return section;
  }

  /** Reads {@link #section}. */
  static Wish of(Map<?, ?> section) {
    return new Wish(
        number(section, "number"),
        number(section, "sleep_ms"),
        String.valueOf(section.get("fail")),
        number(section, "fail_attempts"),
        number(section, "artifact_kb"));
  }

  private static int number(Map<?, ?> section, String key) {
    if (section.get(key) instanceof Number number) {
      return number.intValue();
    }
    throw new IllegalArgumentException("noop." + key + " of a task is " + section.get(key));
  }

  /** Whether it is to fail whatever happens. */
  boolean hopeless() {
    return fail.equals("fatal") || (fail.equals("retryable") && failAttempts >= MOST_ATTEMPTS);
  }

  /** Whether an attempt was asked to fail. */
  boolean failsIn(int attempt) {
    return !fail.equals(NONE) && attempt <= failAttempts;
  }
}
