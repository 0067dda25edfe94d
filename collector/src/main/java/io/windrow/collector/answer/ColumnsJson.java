package io.windrow.collector.answer;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A table as one JSON object of columns, {@code {"datetime": [..], "ic": [..]}}: {@code
 * pandas.DataFrame} takes it as it is. NaN becomes null.
 */
public final class ColumnsJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ColumnsJson() {}

  /** Writes the columns. */
  public static void write(Map<String, List<Object>> columns, OutputStream out) {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      columns.forEach(
          (name, values) -> {
            json.writeArrayPropertyStart(name);
            values.forEach(value -> value(json, value));
            json.writeEndArray();
          });
      json.writeEndObject();
    }
  }

  private static void value(JsonGenerator json, Object value) {
    if (value instanceof Double number) {
      number(json, number);
    } else if (value instanceof Integer count) {
      json.writeNumber(count);
    } else {
      json.writeString(value.toString());
    }
  }

  /** Writes a number, or null where there is none. */
  public static void number(JsonGenerator json, double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }
}
