package io.windrow.quant.data.health;

/**
 * Something found.
 *
 * @param instrument empty if it is about the folder
 * @param field empty if it is about all fields
 * @param firstBar calendar index of the first bar it is about; -1 if about none
 * @param lastBar calendar index of the last such bar; -1 if about none
 * @param first time of the first bar; empty if about none
 * @param last time of the last bar; empty if about none
 * @param count how many bars; 0 if about none
 * @param detail what exactly, with the worst case
 */
public record Finding(
    Severity severity,
    FindingKind kind,
    String instrument,
    String field,
    int firstBar,
    int lastBar,
    String first,
    String last,
    int count,
    String detail) {

  /** A finding about no bar. */
  public static Finding general(
      Severity severity, FindingKind kind, String instrument, String field, String detail) {
    return new Finding(severity, kind, instrument, field, -1, -1, "", "", 0, detail);
  }
}
