package io.windrow.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.JsonNode;

/**
 * JSON, written as CSV: a line for each element of a list, or one line; a column for each name, in
 * the order they are met; nested names with dots; lists as JSON in their cell.
 */
final class Csv {
  private Csv() {}

  static String text(JsonNode value) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      Map<String, String> row = new LinkedHashMap<>();
      flatten("", item, row);
      rows.add(row);
    }
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    StringBuilder text = new StringBuilder();
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      if (!columns.isEmpty()) {
        printer.printRecord(columns);
      }
      for (Map<String, String> row : rows) {
        printer.printRecord(columns.stream().map(column -> row.getOrDefault(column, "")).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text cannot fail to be written to
    }
    return text.toString();
  }

  private static void flatten(String name, JsonNode value, Map<String, String> row) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(
              each ->
                  flatten(
                      name.isEmpty() ? each.getKey() : name + "." + each.getKey(),
                      each.getValue(),
                      row));
    } else {
      row.put(
          name.isEmpty() ? "value" : name,
          value.isNull() ? "" : value.isContainer() ? value.toString() : value.asString(""));
    }
  }
}
