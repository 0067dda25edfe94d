package io.windrow.quant.arrow;

import io.windrow.quant.evaluate.ScoreSeries;
import java.util.Map;

/**
 * A series as a table with columns {@code datetime}, {@code instrument} and one of values.
 *
 * @param column name of the value column: {@code score}, {@code LABEL0}
 * @param series the rows
 * @param metadata of the schema, maybe empty
 */
public record ScoreTable(String column, ScoreSeries series, Map<String, String> metadata) {

  public ScoreTable {
    metadata = Map.copyOf(metadata);
  }

  public ScoreTable(String column, ScoreSeries series) {
    this(column, series, Map.of());
  }
}
