package io.windrow.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The example workflow, pointed at the demo's data.
 *
 * @param text the workflow as it is submitted
 * @param adapted what was changed in the example, for people
 */
record DemoWorkflow(String text, String adapted) {
  static final String EXAMPLE = "examples/rolling-lightgbm-alpha158.yaml";

  /** First day of the example's data: before its first segment, to warm the factors up. */
  static final LocalDate FIRST_DAY = LocalDate.of(2015, 9, 1);

  /** Last day of the example's data. */
  static final LocalDate LAST_DAY = LocalDate.of(2023, 12, 29);

  /** The example with only {@code provider_uri} changed. */
  static DemoWorkflow example(Path data) {
    Object workflow = parse();
    section(workflow, "qlib_init").put("provider_uri", data.toString());
    return new DemoWorkflow(dump(workflow), EXAMPLE);
  }

  /** The example with its days, its market and its portfolio changed to what the data has. */
  static DemoWorkflow on(Path data, DemoDays days, String market, DemoPortfolio portfolio) {
    Object workflow = parse();
    section(workflow, "qlib_init").put("provider_uri", data.toString());
    Map<String, Object> dataset = section(workflow, "task", "dataset", "kwargs");
    // One map in the file (anchor and alias), so one change reaches both places.
    Map<String, Object> handler = section(dataset, "handler", "kwargs");
    handler.put("start_time", days.train().get(0));
    handler.put("end_time", days.test().get(1));
    handler.put("fit_start_time", days.train().get(0));
    handler.put("fit_end_time", days.train().get(1));
    handler.put("instruments", market);
    Map<String, Object> segments = section(dataset, "segments");
    segments.put("train", days.train());
    segments.put("valid", days.valid());
    segments.put("test", days.test());
    section(workflow, "windrow", "rolling").put("step", days.step());
    Map<String, Object> backtest = backtest(section(workflow, "task").get("record"));
    section(backtest, "backtest").put("benchmark", portfolio.benchmark());
    section(backtest, "strategy", "kwargs").put("topk", portfolio.topk());
    section(backtest, "strategy", "kwargs").put("n_drop", portfolio.drop());
    return new DemoWorkflow(
        dump(workflow),
        "%s with other days: train %s, valid %s, test %s, step %d, market %s, %s"
            .formatted(
                EXAMPLE,
                span(days.train()),
                span(days.valid()),
                span(days.test()),
                days.step(),
                market,
                portfolio));
  }

  private static String span(List<String> segment) {
    return segment.get(0) + " to " + segment.get(1);
  }

  /** The config of the example's PortAnaRecord. */
  private static Map<String, Object> backtest(@Nullable Object records) {
    for (Object record : (List<?>) Objects.requireNonNull(records)) {
      if ("PortAnaRecord".equals(map(record).get("class"))) {
        return section(record, "kwargs", "config");
      }
    }
    throw new IllegalStateException(EXAMPLE + " has no PortAnaRecord");
  }

  private static Object parse() {
    try (InputStream stream = DemoWorkflow.class.getResourceAsStream("/" + EXAMPLE)) {
      if (stream == null) {
        throw new IllegalStateException(EXAMPLE + " is missing from the jar");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return new Load(LoadSettings.builder().setLabel(EXAMPLE).build()).loadFromString(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String dump(Object workflow) {
    return new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
        .dumpToString(workflow);
  }

  private static Map<String, Object> section(Object parent, String... path) {
    Map<String, Object> section = map(parent);
    for (String key : path) {
      Object child = section.get(key);
      if (child == null) {
        throw new IllegalStateException(EXAMPLE + " has no " + String.join(".", path));
      }
      section = map(child);
    }
    return section;
  }

  @SuppressWarnings("unchecked") // the example's own sections: YAML keys are strings there
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }
}
