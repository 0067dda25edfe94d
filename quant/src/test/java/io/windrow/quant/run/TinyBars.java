package io.windrow.quant.run;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataStoreWriter;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A hundred days of six instruments, A to F, made up; each test spoils them in its own way. */
final class TinyBars {

  static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
  static final int DAYS = 100;
  static final List<String> SYMBOLS = List.of("A", "B", "C", "D", "E", "F");
  static final List<String> FIELDS = List.of("open", "high", "low", "close", "volume", "vwap");

  private final Path folder;
  private final DataStoreWriter writer;

  TinyBars(Path folder) {
    this.folder = folder;
    this.writer = new DataStoreWriter(folder);
    writer.calendar(
        new TradingCalendar(IntStream.range(0, DAYS).mapToObj(FIRST::plusDays).toList()));
    market(SYMBOLS);
    Random random = new Random(7);
    for (String symbol : SYMBOLS) {
      for (String field : FIELDS) {
        float[] values = new float[DAYS];
        for (int day = 0; day < DAYS; day++) {
          values[day] = 10 + random.nextFloat();
        }
        write(symbol, field, values);
      }
    }
  }

  /** Makes the market {@code all} of these. */
  void market(List<String> symbols) {
    Universe.Span whole = new Universe.Span(FIRST, day(DAYS - 1));
    writer.instruments(
        "all",
        new Universe(
            symbols.stream().map(symbol -> new Universe.Member(symbol, List.of(whole))).toList()));
  }

  static LocalDate day(int index) {
    return FIRST.plusDays(index);
  }

  void write(String symbol, String field, float... values) {
    writer.series(symbol, field, new Series(0, values));
  }

  Path file(String symbol, String field) {
    return folder.resolve(
        "features/%s/%s.day.bin".formatted(symbol.toLowerCase(java.util.Locale.ROOT), field));
  }

  /** Cuts a file's end off. */
  void cut(String symbol, String field, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(file(symbol, field));
    Files.write(file(symbol, field), java.util.Arrays.copyOf(all, all.length - bytes));
  }

  /** One value of a file. */
  void set(String symbol, String field, int day, float value) throws IOException {
    byte[] all = Files.readAllBytes(file(symbol, field));
    java.nio.ByteBuffer.wrap(all)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putFloat((day + 1) * Float.BYTES, value);
    Files.write(file(symbol, field), all);
  }

  /** Trains on the first 60 days, stops on the next 20, tests on the last 20. */
  Map<String, Object> task(String model) {
    Map<String, Object> kwargs = new LinkedHashMap<>();
    if (model.equals("LGBModel")) {
      kwargs.put("num_boost_round", 5);
    }
    Map<String, Object> task =
        Definitions.task(folder.toString(), Definitions.model(model, "gbdt", kwargs));
    Map<String, Object> handler = Definitions.at(task, "dataset", "kwargs", "handler", "kwargs");
    handler.put("start_time", FIRST.toString());
    handler.put("end_time", day(DAYS - 1).toString());
    handler.put("fit_start_time", FIRST.toString());
    handler.put("fit_end_time", day(59).toString());
    handler.remove("infer_processors");
    handler.put("learn_processors", List.of("DropnaLabel"));
    Map<String, Object> segments = Definitions.at(task, "dataset", "kwargs", "segments");
    segments.put("train", days(0, 59));
    segments.put("valid", days(60, 79));
    segments.put("test", days(80, 99));
    return task;
  }

  static List<String> days(int first, int last) {
    return List.of(day(first).toString(), day(last).toString());
  }
}
