package io.windrow.quant.data;

import io.windrow.quant.calendar.Frequency;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** The time of a bar as text: a day, or date and time of day where a day has several bars. */
final class BarTime {

  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int DATE_LENGTH = 10;

  private BarTime() {}

  /**
   * Reads a time. Some writers append midnight to a day; only the day counts.
   *
   * @throws DataException if the text is none, with an example of what is
   */
  static LocalDateTime parse(String text, Frequency frequency) {
    String trimmed = text.strip();
    try {
      if (trimmed.length() == DATE_LENGTH && !frequency.isIntraday()) {
        return LocalDate.parse(trimmed).atStartOfDay();
      }
      if (trimmed.length() > DATE_LENGTH && " T".indexOf(trimmed.charAt(DATE_LENGTH)) >= 0) {
        LocalTime time = LocalTime.parse(trimmed.substring(DATE_LENGTH + 1));
        boolean allowed =
            frequency.isIntraday()
                ? time.equals(time.truncatedTo(ChronoUnit.SECONDS))
                : time.equals(LocalTime.MIDNIGHT);
        if (allowed) {
          return LocalDate.parse(trimmed.substring(0, DATE_LENGTH)).atTime(time);
        }
      }
    } catch (DateTimeParseException e) {
      throw new DataException(problem(text, frequency), e);
    }
    throw new DataException(problem(text, frequency));
  }

  private static String problem(String text, Frequency frequency) {
    return "\""
        + text
        + (frequency.isIntraday()
            ? "\" is not a time like 2020-12-31 09:30:00"
            : "\" is not a date like 2020-12-31");
  }

  /** As Qlib writes it. */
  static String format(LocalDateTime time, Frequency frequency) {
    String day = time.toLocalDate().toString();
    return frequency.isIntraday() ? day + " " + SECONDS.format(time) : day;
  }
}
