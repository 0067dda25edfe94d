package io.windrow.quant.evaluate;

import io.windrow.quant.Golden;
import java.time.LocalDate;
import tools.jackson.databind.JsonNode;

/** Predictions and labels of {@code golden/micro.json}. */
record MicroScores(ScoreSeries predictions, ScoreSeries labels) {

  static MicroScores of(JsonNode micro) {
    ScoreSeries.Builder predictions = ScoreSeries.builder();
    ScoreSeries.Builder labels = ScoreSeries.builder();
    for (int row = 0; row < micro.get("index").size(); row++) {
      LocalDate date = LocalDate.parse(micro.get("index").get(row).get(0).stringValue());
      String instrument = micro.get("index").get(row).get(1).stringValue();
      predictions.add(date, instrument, Golden.number(micro.get("pred").get(row)));
      labels.add(date, instrument, Golden.number(micro.get("input").get(row).get(2)));
    }
    return new MicroScores(predictions.build(), labels.build());
  }
}
