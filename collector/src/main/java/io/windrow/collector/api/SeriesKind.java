package io.windrow.collector.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The series a group has. */
enum SeriesKind {
  /** Predictions: datetime, instrument, score. */
  PRED("pred"),
  /** Raw labels: datetime, instrument, LABEL0. */
  LABEL("label"),
  /** IC and Rank IC per day: datetime, ic, ric. */
  IC("ic"),
  /** Mean label of each fifth by score per day: datetime, group1 to group5, and differences. */
  QUANTILES("quantile_returns"),
  /** The back-test's days, as Qlib's report_normal. */
  REPORT("report_normal_1day"),
  /** What the back-test held: datetime, instrument, amount, price, weight, count_day. */
  POSITIONS("positions_normal_1day"),
  /** The back-test's risk: analysis, figure, risk. */
  PORT_ANALYSIS("port_analysis_1day");

  private final String file;

  SeriesKind(String file) {
    this.file = file;
  }

  static SeriesKind of(String word) {
    for (SeriesKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw Problems.unknownSeries(word);
  }

  /** All words. */
  static List<String> words() {
    return Arrays.stream(values()).map(SeriesKind::word).toList();
  }

  /** The artifacts it is made of. */
  List<String> artifacts() {
    return switch (this) {
      case LABEL -> List.of("label");
      case IC, QUANTILES -> List.of("pred", "label");
      default -> List.of("pred");
    };
  }

  /** Whether it comes of a back-test. */
  boolean ofBacktest() {
    return this == REPORT || this == POSITIONS || this == PORT_ANALYSIS;
  }

  /** Its name in addresses. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name as a file, without ending; Qlib's where Qlib has one. */
  String file() {
    return file;
  }
}
