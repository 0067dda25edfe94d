package io.windrow.quant.factor;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.StoredSeries;
import io.windrow.quant.factor.expression.Column;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The fields of one instrument that a factor set needs, as they are on disk. */
record InstrumentSeries(Map<String, StoredSeries> fields) {

  static InstrumentSeries read(DataStore data, String symbol, Set<String> names) {
    Map<String, StoredSeries> fields = new HashMap<>();
    for (String name : names) {
      fields.put(name, data.stored(symbol, name));
    }
    return new InstrumentSeries(fields);
  }

  /** Whether the file of any field covers the day. */
  boolean covers(int day) {
    for (StoredSeries series : fields.values()) {
      if (series.start() <= day && day < series.end()) {
        return true;
      }
    }
    return false;
  }

  /** All of a field; empty if there is no file of it. */
  Series series(String name) {
    return fields.getOrDefault(name, Series.EMPTY).load();
  }

  /** That part of a field that lies in the range. */
  Column field(String name, DayRange range) {
    StoredSeries series = fields.getOrDefault(name, Series.EMPTY);
    int start = Math.max(series.start(), range.first());
    int end = Math.min(series.end(), range.last() + 1);
    return start < end ? new Column(start, series.doubles(start, end)) : Column.EMPTY;
  }
}
