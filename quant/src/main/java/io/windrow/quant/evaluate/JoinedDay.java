package io.windrow.quant.evaluate;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The predictions and labels of one day, joined by instrument; a row that only one of them has is
 * there, too.
 *
 * @param date the day
 * @param rows by instrument, at least one
 */
record JoinedDay(LocalDate date, List<Row> rows) {

  /** NaN stands for what is missing. */
  record Row(double prediction, double label) {}

  JoinedDay {
    rows = List.copyOf(rows);
  }

  /** Every day that has a prediction or a label, in order. */
  static List<JoinedDay> of(ScoreSeries predictions, ScoreSeries labels) {
    List<JoinedDay> days = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    int p = 0;
    int l = 0;
    while (p < predictions.size() || l < labels.size()) {
      int order = SignalAnalysis.compare(predictions, p, labels, l);
      int day = order <= 0 ? predictions.epochDay(p) : labels.epochDay(l);
      rows.add(
          new Row(
              order <= 0 ? predictions.value(p) : Double.NaN,
              order >= 0 ? labels.value(l) : Double.NaN));
      p += order <= 0 ? 1 : 0;
      l += order >= 0 ? 1 : 0;
      boolean over =
          (p == predictions.size() || predictions.epochDay(p) != day)
              && (l == labels.size() || labels.epochDay(l) != day);
      if (over) {
        days.add(new JoinedDay(LocalDate.ofEpochDay(day), rows));
        rows.clear();
      }
    }
    return days;
  }

  /** Mean of the labels that are there; NaN without any. */
  static double meanLabel(Stream<Row> rows) {
    return Moments.mean(
        rows.mapToDouble(Row::label).filter(label -> !Double.isNaN(label)).toArray());
  }
}
