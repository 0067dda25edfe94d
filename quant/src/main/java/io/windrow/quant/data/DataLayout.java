package io.windrow.quant.data;

import io.windrow.quant.calendar.Frequency;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where Qlib keeps what, below the folder that {@code provider_uri} names. Every name is checked
 * before it becomes a part of a path, so that no list of instruments leads out of the folder.
 *
 * @param frequency whose calendar and field files are meant; lists of instruments are shared
 */
record DataLayout(Path root, Frequency frequency) {

  private static final int LONGEST_NAME = 64;
  private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_]{1,64}");
  private static final Pattern MARKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Names that Windows reserves; Qlib puts a prefix before them on every system. */
  private static final Pattern RESERVED =
      Pattern.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]", Pattern.CASE_INSENSITIVE);

  /** How the name of a calendar ends that reaches into the future. */
  static final String FUTURE = "_future";

  static final String RESERVED_PREFIX = "_qlib_";

  Path calendars() {
    return root.resolve("calendars");
  }

  Path calendar() {
    return calendars().resolve(frequency + ".txt");
  }

  Path futureCalendar() {
    return calendars().resolve(frequency + FUTURE + ".txt");
  }

  /** The calendar that an update is about to publish: bins may reach to its end already. */
  Path nextCalendar() {
    return calendars().resolve("." + frequency + ".txt.next");
  }

  /** Held by who extends the folder. */
  Path lock() {
    return root.resolve(".update.lock");
  }

  Path instruments(String market) {
    if (!MARKET.matcher(market).matches()) {
      throw new DataException(
          "\"" + market + "\" is not the name of a market: use letters, digits, '.', '_' and '-'");
    }
    return instruments().resolve(market + ".txt");
  }

  Path instruments() {
    return root.resolve("instruments");
  }

  Path features() {
    return root.resolve("features");
  }

  Path field(String symbol, String field) {
    checkField(field);
    return features(symbol).resolve(field.toLowerCase(Locale.ROOT) + fieldSuffix());
  }

  /** How the names of field files end. */
  String fieldSuffix() {
    return "." + frequency + ".bin";
  }

  Path features(String symbol) {
    checkSymbol(symbol);
    String folder = symbol.toLowerCase(Locale.ROOT);
    return features()
        .resolve(RESERVED.matcher(folder).matches() ? RESERVED_PREFIX + folder : folder);
  }

  static void checkField(String field) {
    if (!FIELD.matcher(field).matches()) {
      throw new DataException(
          "\"" + field + "\" is not the name of a field: use letters, digits and '_'");
    }
  }

  /** Refuses a symbol that cannot be a folder's name on every system. */
  static void checkSymbol(String symbol) {
    if (symbol.isEmpty()
        || symbol.length() > LONGEST_NAME
        || symbol.startsWith(".")
        || symbol.endsWith(".")
        || symbol.chars().anyMatch(DataLayout::isForbidden)) {
      throw new DataException(
          "\""
              + symbol
              + "\" is not the symbol of an instrument: use up to 64 letters, digits and signs like"
              + " '.', '-', '_', '^' or '=', neither starting nor ending with '.'");
    }
  }

  private static boolean isForbidden(int c) {
    return c <= ' ' || c == 0x7f || "/\\:*?\"<>|".indexOf(c) >= 0 || Character.isWhitespace(c);
  }
}
