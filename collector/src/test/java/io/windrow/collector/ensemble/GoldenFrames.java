package io.windrow.collector.ensemble;

import io.windrow.quant.evaluate.ScoreSeries;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Frames of golden/micro.json: rows of [datetime, instrument, value], null for NaN. */
final class GoldenFrames {
  private final JsonNode root;

  GoldenFrames() throws IOException {
    try (InputStream json = GoldenFrames.class.getResourceAsStream("/golden/micro.json")) {
      root = JsonMapper.builder().build().readTree(Objects.requireNonNull(json));
    }
  }

  JsonNode section(String name) {
    return Objects.requireNonNull(root.get(name), name);
  }

  ScoreSeries frame(String section, String name) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (JsonNode row : Objects.requireNonNull(section(section).get(name), name)) {
      rows.add(
          LocalDate.parse(row.get(0).asString()),
          row.get(1).asString(),
          row.get(2).isNull() ? Double.NaN : row.get(2).asDouble());
    }
    return rows.build();
  }
}
