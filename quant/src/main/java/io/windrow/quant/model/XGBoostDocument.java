package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.windrow.quant.definition.DefinitionException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A model in XGBoost's JSON that somebody else may have written. XGBoost trusts most of what it
 * loads, so everything that becomes an index is checked before. One tree at a time is held.
 */
final class XGBoostDocument {

  /** XGBoost tells JSON from its binary form by how it begins. */
  private static final String BEGIN = "{\"learner\":";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .build();

  private static final String BOOSTER = "learner.gradient_booster.";
  private static final List<String> BY_NODE =
      List.of(
          "left_children",
          "right_children",
          "parents",
          "split_indices",
          "split_conditions",
          "default_left",
          "split_type",
          "base_weights",
          "loss_changes",
          "sum_hessian");

  private final String where;
  private final String place;
  private final byte[] bytes;
  private final List<String> features;
  private final Map<String, JsonNode> values = new HashMap<>();
  private int trees;

  /**
   * Checks a model for a panel.
   *
   * @param where the reference in the definition, for errors
   * @param place where the model was found, for errors
   * @param columns of the features, in their order
   * @throws DefinitionException if it is no such model
   */
  XGBoostDocument(String where, String place, byte[] bytes, List<String> columns) {
    this.where = where;
    this.place = place;
    this.bytes = bytes;
    this.features = NativeDataset.safeNames(columns);
    try (JsonParser parser = MAPPER.createParser(bytes)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "is no JSON");
      read(parser, "");
      require(parser.nextToken() == null, "is more than one document");
    } catch (JacksonException e) {
      throw wrong("is no JSON");
    }
    check();
  }

  /** Whether a text means to be such a model. */
  static boolean isOne(byte[] bytes) {
    byte[] begin = BEGIN.getBytes(US_ASCII);
    return bytes.length > begin.length
        && Arrays.equals(bytes, 0, begin.length, begin, 0, begin.length);
  }

  /** The model, to be loaded. */
  byte[] bytes() {
    return bytes;
  }

  private void read(JsonParser parser, String path) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = path + parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        read(parser, key + ".");
      } else if (token == JsonToken.START_ARRAY && key.endsWith(".model.trees")) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          checkTree(parser.readValueAsTree());
          trees++;
        }
      } else {
        values.put(key, parser.readValueAsTree());
      }
    }
  }

  private void check() {
    List<String> names = texts(value("learner.feature_names"));
    if (!names.equals(features)) {
      throw wrong(
          "was trained on other features: it names %d, the dataset has %d"
              .formatted(names.size(), features.size()));
    }
    require(text("learner.learner_model_param.num_class").equals("0"), "gives classes");
    require(
        text("learner.learner_model_param.num_target").equals("1"),
        "gives more than one value a row");
    require(
        text("learner.learner_model_param.num_feature").equals("" + features.size()),
        "contradicts itself: num_feature");
    switch (text(BOOSTER + "name")) {
      case "gbtree" -> checkTrees(BOOSTER + "model.");
      case "dart" -> {
        checkTrees(BOOSTER + "gbtree.model.");
        require(value(BOOSTER + "weight_drop").size() == trees, "contradicts itself: weight_drop");
      }
      case "gblinear" ->
          require(
              trees == 0 && value(BOOSTER + "model.weights").size() == features.size() + 1,
              "lacks a weight");
      default -> throw wrong("is no model that XGBoost can read");
    }
  }

  private void checkTrees(String model) {
    require(trees > 0, "has no trees");
    require(
        text(model + "gbtree_model_param.num_trees").equals("" + trees),
        "contradicts itself: num_trees");
    JsonNode info = value(model + "tree_info");
    require(
        info.size() == trees && Arrays.stream(integers(info)).allMatch(group -> group == 0),
        "gives more than one value a row");
    int[] rounds = integers(value(model + "iteration_indptr"));
    boolean ascending = rounds.length > 1 && rounds[0] == 0 && rounds[rounds.length - 1] == trees;
    for (int i = 1; i < rounds.length; i++) {
      ascending &= rounds[i] >= rounds[i - 1];
    }
    require(ascending, "contradicts itself: iteration_indptr");
  }

  private void checkTree(JsonNode tree) {
    int nodes = tree.path("left_children").size();
    JsonNode parameters = tree.path("tree_param");
    require(
        nodes > 0 && parameters.path("num_nodes").asString("").equals("" + nodes),
        "contradicts itself: num_nodes");
    require(
        parameters.path("size_leaf_vector").asString("").matches("[01]"),
        "gives more than one value a row");
    require(
        parameters.path("num_feature").asString("").equals("" + features.size()),
        "contradicts itself: num_feature");
    for (String key : BY_NODE) {
      require(tree.path(key).size() == nodes, "contradicts itself: " + key);
    }
    require(
        tree.path("categories").isEmpty()
            && Arrays.stream(integers(tree.path("split_type"))).allMatch(type -> type == 0),
        "splits by categories, which no feature here has");
    checkNodes(
        integers(tree.path("left_children")),
        integers(tree.path("right_children")),
        integers(tree.path("split_indices")));
  }

  /** Every node is reached once from the root, so that no walk through the tree is endless. */
  private void checkNodes(int[] left, int[] right, int[] splits) {
    boolean[] reached = new boolean[left.length];
    Deque<Integer> open = new ArrayDeque<>(List.of(0));
    reached[0] = true;
    while (!open.isEmpty()) {
      int node = open.pop();
      if (left[node] == -1 && right[node] == -1) {
        continue;
      }
      require(
          splits[node] >= 0 && splits[node] < features.size(),
          "splits by a feature it does not have");
      for (int child : new int[] {left[node], right[node]}) {
        require(child > 0 && child < reached.length && !reached[child], "has a tree that is none");
        reached[child] = true;
        open.push(child);
      }
    }
  }

  private int[] integers(JsonNode array) {
    int[] integers = new int[array.size()];
    for (int i = 0; i < integers.length; i++) {
      JsonNode value = array.get(i);
      require(value.isInt(), "has '" + value + "' where a whole number is due");
      integers[i] = value.intValue();
    }
    return integers;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(value -> texts.add(value.asString("")));
    return texts;
  }

  private JsonNode value(String path) {
    return values.getOrDefault(path, MissingNode.getInstance());
  }

  private String text(String path) {
    return value(path).asString("");
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw wrong(otherwise);
    }
  }

  private DefinitionException wrong(String what) {
    return new DefinitionException(
        where, "the model " + place + " " + what + ": name another recorder");
  }
}
