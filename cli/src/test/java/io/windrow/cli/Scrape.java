package io.windrow.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a role answers a scraper.
 *
 * @param samples in the order of the text
 */
record Scrape(List<Sample> samples) {
  private static final Pattern LINE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z0-9_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One series. */
  record Sample(String name, Map<String, String> labels, double value) {}

  static Scrape from(String address) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/actuator/prometheus")).build();
    String text = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return new Scrape(
        text.lines().filter(line -> !line.startsWith("#")).map(Scrape::sample).toList());
  }

  private static Sample sample(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not a sample: " + line);
    }
    Map<String, String> labels = new TreeMap<>();
    if (matcher.group(2) != null) {
      Matcher label = LABEL.matcher(matcher.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    return new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3)));
  }

  /**
   * Those of a name with these labels.
   *
   * @param labels {@code key, value, key, value}
   */
  List<Sample> of(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(
            sample -> {
              for (int i = 0; i < labels.length; i += 2) {
                if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                  return false;
                }
              }
              return true;
            })
        .toList();
  }

  double sum(String name, String... labels) {
    return of(name, labels).stream().mapToDouble(Sample::value).sum();
  }
}
