package io.windrow.collector.api;

import io.windrow.collector.answer.ColumnsJson;
import io.windrow.quant.backtest.PortfolioAnalysis;
import io.windrow.quant.evaluate.ScoreSeries;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Series as one JSON object of columns, {@code {"datetime": [..], "instrument": [..], "score":
 * [..]}}: {@code pandas.DataFrame} takes it as it is. NaN becomes null.
 */
final class SeriesJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private SeriesJson() {}

  static void write(String column, ScoreSeries series, OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("datetime");
      for (int row = 0; row < series.size(); row++) {
        json.writeString(series.date(row).toString());
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("instrument");
      for (int row = 0; row < series.size(); row++) {
        json.writeString(series.instrument(row));
      }
      json.writeEndArray();
      json.writeArrayPropertyStart(column);
      for (int row = 0; row < series.size(); row++) {
        ColumnsJson.number(json, series.value(row));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** The risks by analysis and figure, {@code {"excess_return_with_cost": {"mean": ..}}}. */
  static void write(PortfolioAnalysis analysis, OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      analysis
          .risks()
          .forEach(
              (name, risk) -> {
                json.writeObjectPropertyStart(name);
                risk.figures()
                    .forEach(
                        (figure, value) -> {
                          json.writeName(figure);
                          ColumnsJson.number(json, value);
                        });
                json.writeEndObject();
              });
      json.writeEndObject();
    }
  }
}
