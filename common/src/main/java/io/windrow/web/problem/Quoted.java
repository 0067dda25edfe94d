package io.windrow.web.problem;

/** What somebody has sent, as it can stand in a sentence. */
public final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  /** In quotes, shortened, without what a terminal would take for an order. */
  public static String of(Object given) {
    String text = String.valueOf(given);
    boolean cut = text.length() > LONGEST;
    String shown = (cut ? text.substring(0, LONGEST) : text).replaceAll("\\p{Cntrl}", "?");
    return "'" + shown + (cut ? "..." : "") + "'";
  }
}
