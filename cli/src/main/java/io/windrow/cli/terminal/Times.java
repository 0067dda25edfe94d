package io.windrow.cli.terminal;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Lengths of time as people write them. */
public final class Times {
  /** Waits that nobody ends. */
  public static final Duration FOREVER = Duration.ofDays(36_500);

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Times() {}

  /** An option's value: 500ms, 90s, 30m, 2h, 1d; {@link #FOREVER} if it was not given. */
  public static Duration option(CommandSpec command, String option, @Nullable String value) {
    if (value == null) {
      return FOREVER;
    }
    Matcher time = TIME.matcher(value.strip());
    if (!time.matches()) {
      throw new ParameterException(
          command.commandLine(), option + ": '" + value + "' is no time such as 90s, 30m or 2h");
    }
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
