package io.windrow.quant.data.health;

/** What can be found. Each instrument has at most one finding of a kind and field. */
public enum FindingKind {
  CALENDAR("calendar", "import all files again: every index of every file depends on it"),
  FUTURE_CALENDAR(
      "future calendar", "write it anew: it must hold the calendar's days and those to come"),
  UNFINISHED_UPDATE("unfinished update", "run the same import-csv --update again"),
  BROKEN_LIST("broken list", "mend the line, or import again"),
  BROKEN_CSV("unreadable CSV", "mend the file"),
  DROPPED_ROW("dropped row", "keep one row a day"),
  LISTED_WITHOUT_FILES("listed without files", "add it with import-csv --fix, or strike it out"),
  UNLISTED("in no list", "add a line to a list, or remove the folder"),
  BROKEN_FILE("broken file", "import the instrument again"),
  MISSING_FIELD("missing field", "import the column: the factors would be empty"),
  SHORT("shorter than its span", "correct the span, or import the days"),
  UNEQUAL_DAYS("fields of unequal days", "import the instrument's fields together"),
  OUTSIDE_SPAN("values outside of its span", "lengthen the span if the days should count"),
  ALL_MISSING("without any value", "fill the column, or leave it out of the import"),
  INFINITE("infinite value", "leave the value empty"),
  NOT_POSITIVE("price not above 0", "leave the value empty, or correct it"),
  NEGATIVE_VOLUME("negative volume", "leave the value empty, or correct it"),
  ORDER("low, open, close, high out of order", "correct the bar: low is least, high is most"),
  GAP("gap", "nothing if it was suspended; else import the days"),
  HOLE("hole in a field", "import the values: other fields of the bar have one"),
  JUMP("jump of a price", "nothing if it is news; a split that is not adjusted looks like this"),
  VOLUME_JUMP("jump of the volume", "nothing if it is news; units may have changed"),
  ZERO_VOLUME("no volume", "leave the bar empty if there was no trade"),
  MISSING_FACTOR(
      "no factor", "import the column factor: without it a back-test cannot round to trade units");

  private final String title;
  private final String advice;

  FindingKind(String title, String advice) {
    this.title = title;
    this.advice = advice;
  }

  /** A few words. */
  public String title() {
    return title;
  }

  /** What to do about it. */
  public String advice() {
    return advice;
  }
}
