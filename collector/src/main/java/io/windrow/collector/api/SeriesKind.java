package io.windrow.collector.api;

import java.util.List;
import java.util.Locale;

/** The series a group has. */
enum SeriesKind {
  /** Predictions: datetime, instrument, score. */
  PRED,
  /** Raw labels: datetime, instrument, LABEL0. */
  LABEL,
  /** IC and Rank IC per day: datetime, ic, ric. */
  IC;

  static SeriesKind of(String word) {
    for (SeriesKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw Problems.unknownSeries(word);
  }

  /** The artifacts it is made of. */
  List<String> artifacts() {
    return switch (this) {
      case PRED -> List.of("pred");
      case LABEL -> List.of("label");
      case IC -> List.of("pred", "label");
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
