package io.windrow.quant.definition;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One map of a definition together with its path. Reading a key that is missing or of the wrong
 * type adds a {@link Problem} and yields a harmless value, so that one pass finds every problem. A
 * null value counts as absent, as in Qlib's constructors.
 */
public final class Section {

  private static final int QUOTE_LIMIT = 60;

  private final String path;
  private final Map<String, @Nullable Object> values;
  private final List<Problem> problems;
  private final Set<String> asked = new TreeSet<>();

  private Section(String path, Map<String, @Nullable Object> values, List<Problem> problems) {
    this.path = path;
    this.values = values;
    this.problems = problems;
  }

  /** The whole definition. Problems are added to the given list. */
  public static Section root(Map<String, ?> definition, List<Problem> problems) {
    return new Section("", copy(definition), problems);
  }

  /** Path of this section. */
  public String path() {
    return path;
  }

  /** Path of a key of this section. */
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Adds a problem about a key; an empty key means the section itself. */
  public void problem(String key, String message) {
    problems.add(new Problem(key.isEmpty() ? path : path(key), message));
  }

  /** Says that a key is right, but asks for what cannot be run here. */
  public void unavailable(String key, String message) {
    problems.add(new Problem(path(key), message, Problem.Severity.UNAVAILABLE));
  }

  /** Says that a run leaves a part out. */
  public void warning(String key, String message) {
    problems.add(new Problem(path(key), message, Problem.Severity.WARNING));
  }

  public boolean has(String key) {
    return raw(key) != null;
  }

  /** The value as it is; null if absent. */
  public @Nullable Object raw(String key) {
    asked.add(key);
    return values.get(key);
  }

  /** A section that must be there; an empty one after reporting that it is not. */
  public Section section(String key) {
    if (raw(key) == null) {
      problem(key, "is missing; a map is expected here");
      return new Section(path(key), Map.of(), new ArrayList<>());
    }
    return optionalSection(key);
  }

  /** A section that may be absent, then it is empty. */
  public Section optionalSection(String key) {
    return asSection(path(key), raw(key));
  }

  /**
   * A list of sections; absent counts as empty. An entry that is a plain name stands for {@code
   * {class: name}}.
   */
  public List<Section> sections(String key) {
    Object value = raw(key);
    if (value == null) {
      return List.of();
    }
    // Qlib takes one record without a list around it.
    List<?> entries = value instanceof Map<?, ?> ? List.of(value) : list(key, value);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Object entry = entries.get(i);
      String where = value instanceof Map<?, ?> ? path(key) : path(key) + "." + i;
      sections.add(asSection(where, entry instanceof String name ? Map.of("class", name) : entry));
    }
    return sections;
  }

  /** Sections of a default that takes the place of an absent key. */
  public List<Section> with(String key, List<?> value) {
    return new Section(path, Map.of(key, value), problems).sections(key);
  }

  /** A list; absent counts as empty. */
  public List<?> list(String key) {
    Object value = raw(key);
    return value == null ? List.of() : list(key, value);
  }

  public Optional<String> text(String key) {
    Object value = raw(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    problem(key, "must be a text, not " + quote(value));
    return Optional.empty();
  }

  /** One of the given words, or the first of them if absent. */
  public String choice(String key, List<String> words) {
    String word = text(key).orElse(words.get(0));
    if (!words.contains(word)) {
      problem(key, "must be one of " + words + ", not " + quote(word) + Nearest.hint(word, words));
      return words.get(0);
    }
    return word;
  }

  public Optional<LocalDate> date(String key) {
    return Optional.ofNullable(parseDate(path(key), raw(key)));
  }

  public boolean flag(String key, boolean absent) {
    Object value = raw(key);
    if (value == null || value instanceof Boolean) {
      return value == null ? absent : (Boolean) value;
    }
    problem(key, "must be true or false, not " + quote(value));
    return absent;
  }

  /** A finite number. */
  public double number(String key, double absent) {
    Object value = raw(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    problem(key, "must be a number, not " + quote(value));
    return absent;
  }

  /** A finite number that is not negative. */
  public double amount(String key, double absent) {
    double amount = number(key, absent);
    if (amount < 0) {
      problem(key, "must not be negative, it is " + amount);
      return absent;
    }
    return amount;
  }

  /** A whole number within bounds, both inclusive. */
  public int integer(String key, int absent, int least, int most) {
    double value = number(key, absent);
    if (value != Math.rint(value) || value < least || value > most) {
      problem(
          key, "must be a whole number from " + least + " to " + most + ", not " + quote(raw(key)));
      return absent;
    }
    return (int) value;
  }

  /**
   * A pair of dates, each may be null for an open end; empty after reporting a problem, or if
   * absent.
   */
  public Optional<DateRange> range(String key) {
    Object value = raw(key);
    if (!values.containsKey(key)) {
      return Optional.empty();
    }
    if (!(value instanceof List<?> ends) || ends.size() != 2) {
      problem(key, "must be a pair [first day, last day], not " + quote(value));
      return Optional.empty();
    }
    LocalDate first = parseDate(path(key) + ".0", ends.get(0));
    LocalDate last = parseDate(path(key) + ".1", ends.get(1));
    if (first != null && last != null && last.isBefore(first)) {
      problem(key, "ends on " + last + " before it starts on " + first);
      return Optional.empty();
    }
    return Optional.of(new DateRange(first, last));
  }

  /** Reports every key that nobody asked for. */
  public void rejectOthers() {
    for (String key : values.keySet()) {
      if (!asked.contains(key)) {
        problem(
            key,
            "is not known here"
                + Nearest.hint(key, asked)
                + "; known: "
                + String.join(", ", asked));
      }
    }
  }

  /** All keys that are present. */
  public Set<String> keys() {
    return new TreeSet<>(values.keySet());
  }

  private List<?> list(String key, Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    problem(key, "must be a list, not " + quote(value));
    return List.of();
  }

  private Section asSection(String where, @Nullable Object value) {
    if (value == null) {
      return new Section(where, Map.of(), problems);
    }
    if (value instanceof Map<?, ?> map) {
      return new Section(where, copy(map), problems);
    }
    problems.add(new Problem(where, "must be a map, not " + quote(value)));
    // Its missing keys would only repeat what was just said.
    return new Section(where, Map.of(), new ArrayList<>());
  }

  private @Nullable LocalDate parseDate(String where, @Nullable Object value) {
    if (value == null || value instanceof LocalDate) {
      return (LocalDate) value;
    }
    try {
      String text = value.toString();
      // pandas also accepts a time of day; daily bars have none.
      boolean midnight = text.length() > 10 && text.substring(10).matches("[T ]00:00(:00)?");
      return LocalDate.parse(midnight ? text.substring(0, 10) : text);
    } catch (DateTimeParseException e) {
      problems.add(new Problem(where, "must be a date like 2020-01-31, not " + quote(value)));
      return null;
    }
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  /** A value as it may appear in a message: never longer than a line. */
  public static String quote(@Nullable Object value) {
    String text = String.valueOf(value);
    return "'"
        + (text.length() > QUOTE_LIMIT ? text.substring(0, QUOTE_LIMIT) + "..." : text)
        + "'";
  }
}
