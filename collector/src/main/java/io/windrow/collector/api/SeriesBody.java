package io.windrow.collector.api;

import io.windrow.collector.answer.ColumnsJson;
import io.windrow.collector.collect.GroupSeries;
import io.windrow.quant.arrow.ArrowTables;
import io.windrow.quant.arrow.RowTable;
import io.windrow.quant.arrow.ScoreTable;
import io.windrow.quant.evaluate.DailyIc;
import io.windrow.quant.evaluate.QuantileReturns;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.record.BacktestTables;
import io.windrow.quant.record.SeriesBacktest;
import java.io.OutputStream;
import java.util.Map;

/** A series as it is sent: written when it is asked for, in the format that is asked for. */
interface SeriesBody {

  /**
   * As an Arrow IPC file.
   *
   * @param metadata of its schema
   */
  byte[] arrow(Map<String, String> metadata);

  /** As JSON. */
  void json(OutputStream out);

  /** A series that needs nothing but the windows. */
  static SeriesBody of(SeriesKind kind, GroupSeries series) {
    return switch (kind) {
      case PRED -> new Scores("score", series.predictions());
      case LABEL -> new Scores("LABEL0", series.labels());
      case IC ->
          new Rows(
              new RowTable<>(series.analysis().days())
                  .day("datetime", DailyIc::date)
                  .number("ic", DailyIc::ic)
                  .number("ric", DailyIc::rankIc));
      case QUANTILES ->
          new Rows(
              quantiles(
                  QuantileReturns.of(
                      series.predictions(), series.labels(), QuantileReturns.FIFTHS)));
      default -> throw new IllegalArgumentException(kind + " comes of a back-test");
    };
  }

  /** A part of a back-test. */
  static SeriesBody of(SeriesKind kind, SeriesBacktest.Outcome backtest) {
    return switch (kind) {
      case REPORT -> new Rows(BacktestTables.report(backtest.result().report()));
      case POSITIONS -> new Rows(BacktestTables.positions(backtest.result().positions()));
      case PORT_ANALYSIS -> new Risks(backtest);
      default -> throw new IllegalArgumentException(kind + " does not come of a back-test");
    };
  }

  private static RowTable<QuantileReturns.Day> quantiles(QuantileReturns returns) {
    RowTable<QuantileReturns.Day> table =
        new RowTable<>(returns.days()).day("datetime", QuantileReturns.Day::date);
    for (int i = 0; i < returns.groups(); i++) {
      int group = i;
      table.number("group" + (group + 1), day -> day.means().get(group));
    }
    return table
        .number("long_short", QuantileReturns.Day::longShort)
        .number("long_average", QuantileReturns.Day::longAverage);
  }

  /** A value per day and instrument. */
  record Scores(String column, ScoreSeries series) implements SeriesBody {

    @Override
    public byte[] arrow(Map<String, String> metadata) {
      return ArrowTables.write(new ScoreTable(column, series, metadata));
    }

    @Override
    public void json(OutputStream out) {
      SeriesJson.write(column, series, out);
    }
  }

  /** Any other table. */
  record Rows(RowTable<?> table) implements SeriesBody {

    @Override
    public byte[] arrow(Map<String, String> metadata) {
      return table.write(metadata);
    }

    @Override
    public void json(OutputStream out) {
      ColumnsJson.write(table.columns(), out);
    }
  }

  /** A back-test's risk, whose JSON is a map of maps. */
  record Risks(SeriesBacktest.Outcome backtest) implements SeriesBody {

    @Override
    public byte[] arrow(Map<String, String> metadata) {
      return BacktestTables.risks(backtest.analysis()).write(metadata);
    }

    @Override
    public void json(OutputStream out) {
      SeriesJson.write(backtest.analysis(), out);
    }
  }
}
