package io.windrow.quant.factor;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.Universe;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a panel under construction: which instrument has a row on which day, and where. Once
 * laid out, each instrument fills its own rows, so threads need no lock.
 */
final class PanelRows {

  private static final int NONE = -1;

  /** As many days as a cache line holds values of one column. */
  private static final int TILE = 16;

  private final DayRange days;
  private final int width;

  /** For each instrument and day of the range the row in the day's block, or {@link #NONE}. */
  private final int[][] places;

  private final List<@Nullable CrossSection> blocks = new ArrayList<>();

  PanelRows(
      TradingCalendar calendar,
      Universe universe,
      List<InstrumentSeries> instruments,
      DayRange days,
      int width) {
    this.days = days;
    this.width = width;
    places = new int[instruments.size()][days.days()];
    for (int i = 0; i < instruments.size(); i++) {
      markRows(calendar, universe.members().get(i), instruments.get(i), places[i]);
    }
    for (int day = 0; day < days.days(); day++) {
      blocks.add(block(calendar, day));
    }
  }

  /** Leaves 0 on days with a row. */
  private void markRows(
      TradingCalendar calendar, Universe.Member member, InstrumentSeries instrument, int[] rows) {
    java.util.Arrays.fill(rows, NONE);
    for (Universe.Span span : member.spans()) {
      int first = Math.max(calendar.ceiling(span.first()), days.first());
      int last = Math.min(calendar.floor(span.last()), days.last());
      for (int day = first; day <= last; day++) {
        if (instrument.covers(day)) {
          rows[day - days.first()] = 0;
        }
      }
    }
  }

  private @Nullable CrossSection block(TradingCalendar calendar, int day) {
    int[] members = new int[places.length];
    int rows = 0;
    for (int i = 0; i < places.length; i++) {
      if (places[i][day] != NONE) {
        places[i][day] = rows;
        members[rows++] = i;
      }
    }
    return rows == 0
        ? null
        : new CrossSection(
            calendar.day(days.first() + day),
            java.util.Arrays.copyOf(members, rows),
            new float[Math.multiplyExact(rows, width)]);
  }

  /** Number of columns. */
  int width() {
    return width;
  }

  /** Whether the instrument has any row. */
  boolean holds(int instrument) {
    for (int place : places[instrument]) {
      if (place != NONE) {
        return true;
      }
    }
    return false;
  }

  /** Writes a row: the day, counted from the first; the day's block; where in it the row starts. */
  @FunctionalInterface
  interface RowWriter {

    void write(int day, float[] values, int start);
  }

  /** Has an instrument's rows written, day by day. */
  void forEachRow(int instrument, RowWriter writer) {
    int[] rows = places[instrument];
    for (int day = 0; day < rows.length; day++) {
      CrossSection block = blocks.get(day);
      if (rows[day] != NONE && block != null) {
        writer.write(day, block.values(), rows[day] * width);
      }
    }
  }

  /** Copies an instrument's columns into its rows, a few days at a time to stay in the cache. */
  void fill(int instrument, float[][] columns) {
    int[] rows = places[instrument];
    float[][] blockValues = new float[TILE][];
    int[] starts = new int[TILE];
    int[] sources = new int[TILE];
    int day = 0;
    while (day < rows.length) {
      int tile = 0;
      for (; day < rows.length && tile < TILE; day++) {
        CrossSection block = blocks.get(day);
        if (rows[day] != NONE && block != null) {
          blockValues[tile] = block.values();
          starts[tile] = rows[day] * width;
          sources[tile++] = day;
        }
      }
      for (int column = 0; column < width; column++) {
        float[] source = columns[column];
        for (int i = 0; i < tile; i++) {
          blockValues[i][starts[i] + column] = source[sources[i]];
        }
      }
    }
  }

  Panel panel(List<String> columns, List<String> symbols) {
    List<CrossSection> present = new ArrayList<>();
    for (CrossSection block : blocks) {
      if (block != null) {
        present.add(block);
      }
    }
    return new Panel(columns, symbols, List.copyOf(present));
  }
}
