package io.windrow.coordinator.generate;

/** A window that the calendar cannot give. Each kind names the error Qlib raises there. */
public abstract sealed class CalendarException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private CalendarException(String message) {
    super(message);
  }

  /** A date has no trading day on the wanted side of it (Qlib: IndexError). */
  public static final class OutsideCalendar extends CalendarException {
    private static final long serialVersionUID = 1L;

    OutsideCalendar(String message) {
      super(message);
    }
  }

  /** A shifted segment starts after the calendar (Qlib: KeyError). */
  public static final class ShiftedOut extends CalendarException {
    private static final long serialVersionUID = 1L;

    ShiftedOut(String message) {
      super(message);
    }
  }

  /** Truncation leaves nothing within the calendar (Qlib: AssertionError). */
  public static final class TruncatedAway extends CalendarException {
    private static final long serialVersionUID = 1L;

    TruncatedAway(String message) {
      super(message);
    }
  }

  /** An open end where a day is needed (Qlib: TypeError). */
  public static final class OpenEnd extends CalendarException {
    private static final long serialVersionUID = 1L;

    OpenEnd(String message) {
      super(message);
    }
  }
}
