package io.windrow.worker.execute;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Twelve random walks and a task on them. */
public final class SmallMarket {
  private static final int DAYS = 260;
  private static final List<LocalDate> CALENDAR =
      Stream.iterate(LocalDate.of(2020, 1, 1), day -> day.plusDays(1)).limit(DAYS).toList();

  private SmallMarket() {}

  /** Writes its bars, the same each time. */
  public static void write(Path folder) {
    DataStoreWriter writer = new DataStoreWriter(folder);
    writer.calendar(new TradingCalendar(CALENDAR));
    Universe.Span all = new Universe.Span(CALENDAR.get(0), CALENDAR.get(DAYS - 1));
    List<String> symbols = IntStream.range(0, 12).mapToObj(i -> "S%02d".formatted(i)).toList();
    writer.instruments(
        "all",
        new Universe(
            symbols.stream().map(each -> new Universe.Member(each, List.of(all))).toList()));
    Random random = new Random(7);
    for (String symbol : symbols) {
      float[] close = new float[DAYS];
      float[] high = new float[DAYS];
      float[] low = new float[DAYS];
      float[] volume = new float[DAYS];
      float price = 100;
      for (int t = 0; t < DAYS; t++) {
        price *= (float) Math.exp(0.02 * random.nextGaussian());
        close[t] = price;
        high[t] = price * (1 + 0.02f * random.nextFloat());
        low[t] = price * (1 - 0.02f * random.nextFloat());
        volume[t] = 1_000_000 * (1 + random.nextFloat());
      }
      writer.series(symbol, "open", new Series(0, close.clone()));
      writer.series(symbol, "close", new Series(0, close));
      writer.series(symbol, "high", new Series(0, high));
      writer.series(symbol, "low", new Series(0, low));
      writer.series(symbol, "vwap", new Series(0, close.clone()));
      writer.series(symbol, "volume", new Series(0, volume));
    }
  }

  /**
   * A task with all records.
   *
   * @param model as in a task
   * @param folder of the market
   */
  public static Map<String, Object> definition(Map<String, Object> model, String folder) {
    Map<String, Object> features = Map.of("fields_group", "feature");
    Map<String, Object> handler =
        Map.of(
            "start_time", day(0),
            "end_time", day(DAYS - 1),
            "fit_start_time", day(0),
            "fit_end_time", day(179),
            "instruments", "all",
            "infer_processors",
                List.of(
                    Map.of("class", "RobustZScoreNorm", "kwargs", features),
                    Map.of("class", "Fillna", "kwargs", features)),
            "learn_processors", List.of("DropnaLabel"));
    Map<String, Object> segments =
        Map.of(
            "train", List.of(day(0), day(179)),
            "valid", List.of(day(180), day(209)),
            "test", List.of(day(210), day(DAYS - 1)));
    return Map.of(
        "qlib_init",
        Map.of("provider_uri", folder, "region", "us"),
        "model",
        model,
        "dataset",
        part(
            "DatasetH",
            "qlib.data.dataset",
            Map.of(
                "handler",
                part("Alpha158", "qlib.contrib.data.handler", handler),
                "segments",
                segments)),
        "record",
        List.of(
            part("SignalRecord", "qlib.workflow.record_temp", Map.of()),
            part("SigAnaRecord", "qlib.workflow.record_temp", Map.of("ana_long_short", true)),
            part("PortAnaRecord", "qlib.workflow.record_temp", Map.of("config", portfolio()))));
  }

  /** Its days are those of the predictions, its benchmark is the mean of two stocks. */
  private static Map<String, Object> portfolio() {
    Map<String, Object> kwargs = Map.of("signal", "<PRED>", "topk", 3, "n_drop", 1);
    return Map.of(
        "strategy", part("TopkDropoutStrategy", "qlib.contrib.strategy", kwargs),
        "backtest", Map.of("benchmark", List.of("S00", "S01"), "account", 100_000));
  }

  /** A class with its arguments, as in a task. */
  public static Map<String, Object> part(String name, String module, Map<String, Object> kwargs) {
    return Map.of("class", name, "module_path", module, "kwargs", kwargs);
  }

  private static String day(int index) {
    return CALENDAR.get(index).toString();
  }
}
