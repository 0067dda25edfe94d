package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.quant.definition.DefinitionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model in LightGBM's text format that somebody else may have written. LightGBM trusts what it
 * loads: a child out of range reads foreign memory, a loop never ends. So everything that becomes
 * an index is checked before.
 */
final class LightGbmText {
  private static final String TREE = "Tree=";
  private static final String END = "end of trees";

  /** Values by node, those by leaf are one longer. */
  private static final List<String> BY_NODE =
      List.of(
          "split_feature",
          "split_gain",
          "threshold",
          "decision_type",
          "left_child",
          "right_child",
          "internal_value",
          "internal_weight",
          "internal_count");

  private static final List<String> BY_LEAF = List.of("leaf_value", "leaf_weight", "leaf_count");
  private static final List<String> NEEDED =
      List.of("split_feature", "threshold", "decision_type", "left_child", "right_child");

  private final String where;
  private final String place;
  private final byte[] bytes;
  private final List<String> features;
  private int trees;

  /**
   * Checks a model for a panel.
   *
   * @param where the reference in the definition, for errors
   * @param place where the model was found, for errors
   * @param columns of the features, in their order
   * @throws DefinitionException if it is no such model
   */
  LightGbmText(String where, String place, byte[] bytes, List<String> columns) {
    this.where = where;
    this.place = place;
    this.bytes = bytes;
    this.features = NativeDataset.safeNames(columns);
    check(new String(bytes, UTF_8));
  }

  /** The model, to be loaded. */
  byte[] bytes() {
    return bytes;
  }

  /** How many rounds it has: one tree each. */
  int rounds() {
    return trees;
  }

  private void check(String text) {
    int first = text.indexOf("\n" + TREE);
    int end = text.indexOf("\n" + END);
    if (!text.startsWith("tree\n") || end < 0 || text.indexOf('\0') >= 0) {
      throw wrong("is no model in LightGBM's text format");
    }
    Map<String, String> head = values(text.substring(0, first < 0 ? end : first));
    require("1".equals(head.get("num_tree_per_iteration")), "gives more than one value a row");
    require(!head.containsKey("average_output"), "is a random forest, whose trees are averaged");
    List<String> names = Arrays.asList(head.getOrDefault("feature_names", "").split(" "));
    if (!names.equals(features)) {
      throw wrong(
          "was trained on other features: it has %d, the dataset has %d%s"
              .formatted(names.size(), features.size(), firstDifference(names)));
    }
    String last = Integer.toString(features.size() - 1);
    require(last.equals(head.get("max_feature_idx")), "contradicts itself: max_feature_idx");
    if (first >= 0) {
      checkTrees(text.substring(first + 1, end + 1), head.getOrDefault("tree_sizes", ""));
    }
    require(trees > 0, "has no trees");
  }

  private void checkTrees(String text, String sizes) {
    List<Integer> lengths = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int next = text.indexOf("\n" + TREE, at);
      int stop = next < 0 ? text.length() : next + 1;
      String tree = text.substring(at, stop);
      require(tree.startsWith(TREE + trees + "\n"), "is cut: tree " + trees + " is missing");
      checkTree(values(tree));
      lengths.add(stop - at);
      trees++;
      at = stop;
    }
    // LightGBM jumps from tree to tree by these sizes.
    require(lengths.equals(integers(sizes)), "contradicts itself: tree_sizes");
  }

  private void checkTree(Map<String, String> tree) {
    int leaves = integer(tree.get("num_leaves"));
    require(leaves >= 1, "has a tree without leaves");
    require("0".equals(tree.get("num_cat")), "splits by categories, which no feature here has");
    require(
        "0".equals(tree.getOrDefault("is_linear", "0")),
        "has linear leaves, which are read from their own run only");
    requireLength(tree, BY_LEAF, leaves);
    require(tree.containsKey("leaf_value"), "has a tree without leaves");
    if (leaves == 1) {
      return; // LightGBM reads nothing else of it
    }
    requireLength(tree, BY_NODE, leaves - 1);
    require(tree.keySet().containsAll(NEEDED), "has a tree without splits");
    for (int feature : integers(tree.get("split_feature"))) {
      require(feature >= 0 && feature < features.size(), "splits by a feature it does not have");
    }
    boolean[] reached = new boolean[2 * leaves - 1];
    for (String side : List.of("left_child", "right_child")) {
      List<Integer> children = integers(tree.get(side));
      for (int node = 0; node < children.size(); node++) {
        int child = children.get(node);
        // Nodes are made from the root on, and a leaf is written as its complement.
        boolean inside = child < 0 ? ~child < leaves : child > node && child < leaves - 1;
        int slot = inside ? (child < 0 ? leaves - 1 + ~child : child) : 0;
        require(inside && !reached[slot], "has a tree that is none");
        reached[slot] = true;
      }
    }
  }

  private void requireLength(Map<String, String> tree, List<String> keys, int length) {
    for (String key : keys) {
      String value = tree.get(key);
      require(
          value == null || value.isEmpty() || value.split(" ", -1).length == length,
          "contradicts itself: " + key);
      require(
          value == null || !value.isEmpty() || length == 0 || !NEEDED.contains(key),
          "has a tree without splits");
    }
  }

  private Map<String, String> values(String lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines.split("\n", -1)) {
      int equals = line.indexOf('=');
      String key = equals < 0 ? line : line.substring(0, equals);
      if (!key.isEmpty()) {
        String before = values.put(key, equals < 0 ? "" : line.substring(equals + 1).strip());
        require(before == null, "contradicts itself: " + key);
      }
    }
    return values;
  }

  private List<Integer> integers(String text) {
    return Arrays.stream(text.split(" ", -1)).map(this::integer).toList();
  }

  private int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong("has '" + text + "' where a whole number is due");
    }
  }

  private String firstDifference(List<String> names) {
    for (int i = 0; i < Math.min(names.size(), features.size()); i++) {
      if (!names.get(i).equals(features.get(i))) {
        return ", and column %d is %s, not %s".formatted(i, names.get(i), features.get(i));
      }
    }
    return "";
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
