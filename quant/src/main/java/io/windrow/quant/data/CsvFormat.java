package io.windrow.quant.data;

import io.windrow.quant.calendar.Frequency;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How CSV files hold bars. Names of columns are compared without regard to case.
 *
 * @param frequency of the bars; where a day has several, the date column holds the time of day, too
 * @param dateField the column of the date
 * @param symbolField the column of the symbol; empty: the symbol is the file's name, and columns
 *     {@code symbol} and {@code instrument} are left out
 * @param required fields that every file must have
 * @param include fields to take; empty: all columns
 * @param exclude fields not to take
 * @param suffix how the names of the files end
 * @param limit takes the first so many files only, in alphabetical order; 0: all
 */
public record CsvFormat(
    Frequency frequency,
    String dateField,
    String symbolField,
    Set<String> required,
    Set<String> include,
    Set<String> exclude,
    String suffix,
    int limit) {

  private static final Set<String> OF_THE_SYMBOL = Set.of("symbol", "instrument");

  public CsvFormat {
    dateField = normal(dateField);
    symbolField = normal(symbolField);
    include = normal(include);
    exclude = normal(exclude);
    required = normal(required);
    if (dateField.isEmpty() || suffix.isEmpty() || limit < 0) {
      throw new IllegalArgumentException(
          "the date field and the suffix need a name, and the limit cannot be negative");
    }
  }

  /** One daily file for each instrument, with a column {@code date}. */
  public static CsvFormat daily(Set<String> required) {
    return new CsvFormat(Frequency.DAILY, "date", "", required, Set.of(), Set.of(), ".csv", 0);
  }

  private static String normal(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  private static Set<String> normal(Set<String> names) {
    return names.stream().map(CsvFormat::normal).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a column becomes a field. */
  boolean takes(String column) {
    return (include.isEmpty() ? !OF_THE_SYMBOL.contains(column) : include.contains(column))
        && !exclude.contains(column)
        && !column.equals(symbolField);
  }

  /** All columns that a header must have. */
  Set<String> columns() {
    Set<String> columns = new TreeSet<>(required);
    columns.addAll(include);
    columns.removeAll(exclude);
    columns.add(dateField);
    if (!symbolField.isEmpty()) {
      columns.add(symbolField);
    }
    return columns;
  }
}
