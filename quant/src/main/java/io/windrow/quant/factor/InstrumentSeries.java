package io.windrow.quant.factor;

import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.StoredSeries;
import io.windrow.quant.factor.expression.Column;
import io.windrow.quant.factor.expression.Feature;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The fields that a factor set needs for one instrument, as they are on disk. */
record InstrumentSeries(Map<Feature, StoredSeries> fields) {

  /**
   * Reads the fields of an instrument.
   *
   * @param others fields of other instruments, read before
   */
  static InstrumentSeries read(
      DataStore data, String symbol, Set<Feature> features, Map<Feature, StoredSeries> others) {
    Map<Feature, StoredSeries> fields = new HashMap<>(others);
    for (Feature feature : features) {
      if (feature.instrument() == null) {
        fields.put(feature, data.stored(symbol, feature.field()));
      }
    }
    return new InstrumentSeries(fields);
  }

  /**
   * Reads the fields of instruments that are named.
   *
   * @throws DataException if the data holds nothing of such an instrument
   */
  static Map<Feature, StoredSeries> readOthers(DataStore data, Set<Feature> features) {
    Map<Feature, StoredSeries> others = new HashMap<>();
    for (Feature feature : features) {
      String symbol = feature.instrument();
      if (symbol != null) {
        if (!data.holds(symbol)) {
          throw new DataException(
              "a factor asks for $"
                  + feature.field()
                  + " of \""
                  + symbol
                  + "\", of which the data holds nothing: correct the symbol in ChangeInstrument or"
                  + " Mask, or import its bars");
        }
        others.put(feature, data.stored(symbol, feature.field()));
      }
    }
    return others;
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

  /** All of a field of the instrument itself; empty if there is no file of it. */
  Series whole(String field) {
    return series(new Feature(null, field)).load();
  }

  /** Whether the field has any day in the range. */
  boolean holds(Feature feature, DayRange range) {
    StoredSeries series = series(feature);
    return first(series, range) < end(series, range);
  }

  /** Whether the field has an infinite value in the range. */
  boolean isInfiniteIn(Feature feature, DayRange range) {
    for (double value : field(feature, range).values()) {
      if (Double.isInfinite(value)) {
        return true;
      }
    }
    return false;
  }

  /** That part of a field that lies in the range. */
  Column field(Feature feature, DayRange range) {
    StoredSeries series = series(feature);
    int start = first(series, range);
    int end = end(series, range);
    return start < end ? new Column(start, series.doubles(start, end)) : Column.EMPTY;
  }

  private StoredSeries series(Feature feature) {
    return fields.getOrDefault(feature, Series.EMPTY);
  }

  private static int first(StoredSeries series, DayRange range) {
    return Math.max(series.start(), range.first());
  }

  private static int end(StoredSeries series, DayRange range) {
    return Math.min(series.end(), range.last() + 1);
  }
}
