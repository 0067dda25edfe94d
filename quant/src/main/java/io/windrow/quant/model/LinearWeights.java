package io.windrow.quant.model;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.reference.ArtifactSource.Artifact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A trained linear model.
 *
 * @param estimator how it was fitted
 * @param columns of the features
 * @param coefficients one for each column
 * @param intercept the constant
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough
record LinearWeights(
    String estimator, List<String> columns, double[] coefficients, double intercept)
    implements TrainedModel {
  static final String ARTIFACT = "model.json";

  /**
   * Weights that {@link #artifact} wrote, or somebody else.
   *
   * @param where the reference in the definition, for errors
   * @throws DefinitionException if they are none for these columns
   */
  static LinearWeights read(String where, Artifact artifact, List<String> columns) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(artifact.bytes());
    } catch (JacksonException e) {
      throw wrong(where, artifact, "is no JSON");
    }
    if (!columns.equals(
        json.path("columns").valueStream().map(name -> name.asString("")).toList())) {
      throw wrong(where, artifact, "was trained on other features, or is no LinearModel");
    }
    List<JsonNode> numbers = new ArrayList<>(json.path("coefficients").values());
    numbers.add(json.path("intercept"));
    if (numbers.size() != columns.size() + 1 || !numbers.stream().allMatch(JsonNode::isNumber)) {
      throw wrong(where, artifact, "lacks a coefficient");
    }
    double[] values = numbers.stream().mapToDouble(JsonNode::asDouble).toArray();
    return new LinearWeights(
        json.path("estimator").asString(""),
        columns,
        Arrays.copyOf(values, columns.size()),
        values[columns.size()]);
  }

  private static DefinitionException wrong(String where, Artifact artifact, String what) {
    return new DefinitionException(
        where, "the model " + artifact.place() + " " + what + ": name another recorder");
  }

  @Override
  public double[] predict(Panel features) {
    double[] scores = new double[Math.toIntExact(features.rows())];
    int target = 0;
    for (CrossSection day : features.days()) {
      for (int row = 0; row < day.rows(); row++) {
        scores[target++] = score(day.values(), row * columns.size());
      }
    }
    return scores;
  }

  private double score(float[] values, int offset) {
    double score = intercept;
    for (int c = 0; c < columns.size(); c++) {
      score += values[offset + c] * coefficients[c];
    }
    return score;
  }

  @Override
  public String artifactName() {
    return ARTIFACT;
  }

  @Override
  public byte[] artifact() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("class", "LinearModel");
    document.put("estimator", estimator);
    document.put("columns", columns);
    document.put("coefficients", coefficients);
    document.put("intercept", intercept);
    return JsonMapper.shared().writeValueAsBytes(document);
  }

  @Override
  public Map<String, Double> metrics() {
    return Map.of();
  }

  @Override
  public void close() {
    // Nothing native is held.
  }
}
