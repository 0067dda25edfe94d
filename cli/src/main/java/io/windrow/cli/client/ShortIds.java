package io.windrow.cli.client;

import io.windrow.cli.terminal.UserError;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Completes the beginning of an id, as people copy it from a table. What is no such beginning, or
 * of nothing, stays as it is: the service then says what is near.
 */
public final class ShortIds {
  /** Fewer characters are too easily those of a task that was not meant. */
  private static final Pattern SHORT = Pattern.compile("[0-9a-f]{6,63}");

  private static final Pattern WHOLE = Pattern.compile("[0-9a-f]{64}");

  /** Most ids asked for; more are not listed anyway. */
  static final int CANDIDATES = 5;

  private ShortIds() {}

  /** Whether nothing is left to complete. */
  public static boolean whole(String id) {
    return WHOLE.matcher(id).matches();
  }

  /**
   * The id.
   *
   * @param what the kind of thing, for the message
   * @param begins gives the ids that begin so, at most {@link #CANDIDATES}
   * @throws UserError if several begin so
   */
  static String complete(String what, String given, Function<String, List<String>> begins) {
    if (!SHORT.matcher(given).matches()) {
      return given;
    }
    List<String> found = begins.apply(given);
    if (found.size() > 1) {
      throw UserError.usage(
          "several %ss begin with '%s': %s%s; give more of it"
              .formatted(
                  what,
                  given,
                  String.join(", ", found),
                  found.size() == CANDIDATES ? ", and maybe more" : ""));
    }
    return found.isEmpty() ? given : found.get(0);
  }
}
