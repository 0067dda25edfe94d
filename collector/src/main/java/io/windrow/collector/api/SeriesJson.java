package io.windrow.collector.api;

import io.windrow.quant.evaluate.DailyIc;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import java.io.OutputStream;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
        number(json, series.value(row));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  static void write(SignalAnalysis analysis, OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("datetime");
      analysis.days().forEach(day -> json.writeString(day.date().toString()));
      json.writeEndArray();
      column(json, "ic", analysis.days(), DailyIc::ic);
      column(json, "ric", analysis.days(), DailyIc::rankIc);
      json.writeEndObject();
    }
  }

  private static void column(
      JsonGenerator json, String name, List<DailyIc> days, ToDoubleFunction<DailyIc> value) {
    json.writeArrayPropertyStart(name);
    days.forEach(day -> number(json, value.applyAsDouble(day)));
    json.writeEndArray();
  }

  private static void number(JsonGenerator json, double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }
}
