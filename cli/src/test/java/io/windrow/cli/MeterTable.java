package io.windrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The meters that {@code docs/metrics.md} promises.
 *
 * @param roles the rows by the heading they stand under
 */
record MeterTable(Map<String, List<Row>> roles) {
  private static final Pattern NAME = Pattern.compile("`(windrow_[a-z_]+)`");

  /**
   * A meter.
   *
   * @param series the names of its series
   */
  record Row(String name, Set<String> tags, Set<String> series) {}

  static MeterTable read() throws IOException {
    Map<String, List<Row>> roles = new LinkedHashMap<>();
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("..", "docs", "metrics.md"))) {
      if (line.startsWith("## ")) {
        rows = new ArrayList<>();
        roles.put(line.substring(3), rows);
      } else if (line.startsWith("| `windrow_")) {
        String[] cells = line.split("\\|", -1);
        Matcher names = NAME.matcher(cells[1]);
        while (names.find()) {
          rows.add(row(names.group(1), cells[2].strip(), cells[3].strip()));
        }
      }
    }
    return new MeterTable(roles);
  }

  private static Row row(String name, String type, String tags) {
    Set<String> keys = new TreeSet<>();
    Arrays.stream(tags.split(",")).map(String::strip).filter(t -> !t.isEmpty()).forEach(keys::add);
    return new Row(name, keys, series(name, type));
  }

  private static Set<String> series(String name, String type) {
    return switch (type) {
      case "histogram" -> Set.of(name + "_bucket", name + "_count", name + "_sum", name + "_max");
      case "timer" -> Set.of(name + "_count", name + "_sum", name + "_max");
      default -> Set.of(name);
    };
  }
}
