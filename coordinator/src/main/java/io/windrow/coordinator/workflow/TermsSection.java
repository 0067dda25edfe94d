package io.windrow.coordinator.workflow;

import io.windrow.quant.definition.Section;
import io.windrow.task.BackOff;
import io.windrow.task.Isolation;
import io.windrow.task.Terms;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * The keys of the {@code windrow} section that say on what terms tasks run: {@code retry:
 * {max_attempts, first, max, jitter}}, {@code timeout} and {@code isolation}. Times have units, as
 * in {@code 90s}, {@code 30m} or {@code 2h}; a plain number is seconds.
 */
final class TermsSection {
  private static final int MAX_ATTEMPTS = 100;
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MAX = Duration.ofMinutes(5);
  private static final double JITTER = 0.25;
  private static final Duration LONGEST_WAIT = Duration.ofDays(30);
  private static final Duration LONGEST_RUN = Duration.ofDays(365);

  private TermsSection() {}

  /** {@code max_attempts} beside {@code retry} is the older key. */
  private static int attempts(Section windrow) {
    Section retry = windrow.optionalSection("retry");
    if (retry.has("max_attempts") && windrow.has("max_attempts")) {
      windrow.problem("max_attempts", "is given in windrow.retry, too: keep one of them");
    }
    int older = windrow.integer("max_attempts", ATTEMPTS, 1, MAX_ATTEMPTS);
    return retry.integer("max_attempts", older, 1, MAX_ATTEMPTS);
  }

  static Terms read(Section windrow) {
    return new Terms(
        attempts(windrow),
        windrow.has("retry") ? backOff(windrow.optionalSection("retry")) : null,
        duration(windrow, "timeout", LONGEST_RUN),
        isolation(windrow));
  }

  /** Of a stage: what it does not say is the workflow's. */
  static Terms stage(Section entry, Terms ofWorkflow) {
    boolean retry = entry.has("retry");
    Section own = entry.optionalSection("retry");
    return new Terms(
        own.integer("max_attempts", ofWorkflow.maxAttempts(), 1, MAX_ATTEMPTS),
        retry ? backOff(own) : ofWorkflow.backOff(),
        entry.has("timeout") ? duration(entry, "timeout", LONGEST_RUN) : ofWorkflow.timeout(),
        entry.has("isolation") ? isolation(entry) : ofWorkflow.isolation());
  }

  private static Isolation isolation(Section section) {
    return Isolation.ofWord(section.choice("isolation", Isolation.words()));
  }

  private static @Nullable BackOff backOff(Section retry) {
    retry.raw("max_attempts");
    Duration first = duration(retry, "first", LONGEST_WAIT);
    Duration max = duration(retry, "max", LONGEST_WAIT);
    double jitter = retry.number("jitter", JITTER);
    boolean own = first != null || max != null || retry.has("jitter");
    retry.rejectOthers();
    if (!(jitter >= 0 && jitter <= 1)) {
      retry.problem("jitter", "must be a number from 0 to 1, not " + Section.quote(jitter));
      return null;
    }
    Duration from = first == null ? shorter(FIRST, max) : first;
    Duration to = max == null ? longer(MAX, from) : max;
    if (to.compareTo(from) < 0) {
      retry.problem("max", "must not be shorter than first");
      return null;
    }
    return own ? new BackOff(from, to, jitter) : null;
  }

  private static Duration shorter(Duration usual, @Nullable Duration bound) {
    return bound == null || usual.compareTo(bound) <= 0 ? usual : bound;
  }

  private static Duration longer(Duration usual, Duration bound) {
    return usual.compareTo(bound) >= 0 ? usual : bound;
  }

  private static @Nullable Duration duration(Section section, String key, Duration most) {
    Object value = section.raw(key);
    if (value == null) {
      return null;
    }
    try {
      Duration duration = DurationStyle.SIMPLE.parse(value.toString(), ChronoUnit.SECONDS);
      if (duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // Said below, as for one that is too long.
    }
    section.problem(
        key,
        "must be a time like 90s, 30m or 2h, longer than 0 and at most %dd, not %s"
            .formatted(most.toDays(), Section.quote(value)));
    return null;
  }
}
