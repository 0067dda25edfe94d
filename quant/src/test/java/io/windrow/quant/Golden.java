package io.windrow.quant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reference outputs of Qlib kept with the tests. */
public final class Golden {

  /** Python writes NaN as it is. */
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private Golden() {}

  /** A JSON file of the test resources' folder {@code golden}. */
  public static JsonNode json(String name) {
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + name), name)) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A JSON file. */
  public static JsonNode json(Path file) {
    return MAPPER.readTree(file);
  }

  /** A number; null is NaN and the texts {@code inf} and {@code -inf} are infinite. */
  public static double number(JsonNode node) {
    if (node.isNull()) {
      return Double.NaN;
    }
    if (node.isString()) {
      return node.stringValue().equals("inf") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    return node.doubleValue();
  }
}
