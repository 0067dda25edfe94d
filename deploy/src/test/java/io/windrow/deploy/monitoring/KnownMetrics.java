package io.windrow.deploy.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that there are: Windrow's own as {@code docs/metrics.md} has them, those of libraries
 * as {@code library-metrics.txt} lists them, which {@link PrometheusIT} compares with a scrape.
 */
final class KnownMetrics {
  static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
  static final Path LIBRARIES = Path.of("src", "test", "resources", "library-metrics.txt");

  private static final Pattern NAME = Pattern.compile("`(windrow_[a-z_]+)`");
  private static final List<String> PARTS = List.of("_count", "_sum", "_max");

  private final Map<String, Metric> metrics;

  private KnownMetrics(Map<String, Metric> metrics) {
    this.metrics = metrics;
  }

  static KnownMetrics read() {
    return new KnownMetrics(
        Stream.concat(
                documented(text(DOCUMENT)).entrySet().stream(), libraries().entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  Optional<Metric> find(String name) {
    return Optional.ofNullable(metrics.get(name));
  }

  /** Names of libraries' metrics and their types. */
  static Map<String, Metric> libraries() {
    return text(LIBRARIES)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.strip().split(" +"))
        .collect(
            Collectors.toMap(
                words -> words[0],
                words ->
                    new Metric(
                        words[1].equals("counter"),
                        false,
                        Set.copyOf(Arrays.asList(words).subList(2, words.length)))));
  }

  /** Each row of the document's tables; a row may name several metrics. */
  static Map<String, Metric> documented(String document) {
    Map<String, Metric> found = new HashMap<>();
    document
        .lines()
        .filter(line -> line.startsWith("| `windrow_"))
        .map(line -> line.split("\\|", -1))
        .forEach(
            cells -> {
              Matcher names = NAME.matcher(cells[1]);
              while (names.find()) {
                add(found, names.group(1), cells[2].strip(), tags(cells[3]));
              }
            });
    return found;
  }

  private static void add(Map<String, Metric> found, String name, String type, Set<String> tags) {
    switch (type.replaceFirst(",.*", "")) {
      case "gauge" ->
          found.put(
              name,
              new Metric(false, type.contains("same everywhere") || type.contains("leader"), tags));
      case "counter" -> found.put(name, new Metric(true, false, tags));
      case "timer", "histogram" -> {
        PARTS.forEach(
            part -> found.put(name + part, new Metric(!part.equals("_max"), false, tags)));
        if (type.startsWith("histogram")) {
          Set<String> more = new HashSet<>(tags);
          more.add("le");
          found.put(name + "_bucket", new Metric(true, false, Set.copyOf(more)));
        }
      }
      default -> throw new IllegalArgumentException(name + " has the type '" + type + "'");
    }
  }

  private static Set<String> tags(String cell) {
    return Stream.of(cell.split(","))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
