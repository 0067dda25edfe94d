package io.windrow.coordinator.workflow;

import io.windrow.coordinator.workflow.YamlDocument.Place;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Turns composed nodes into plain values. Aliases are followed (and counted, since a few lines of
 * them can stand for billions of values), merge keys are merged.
 */
final class YamlTree {
  /** Most values, after following aliases. */
  static final int MAX_VALUES = 100_000;

  private static final Set<Tag> TAGS =
      Set.of(Tag.MAP, Tag.SEQ, Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

  /** pandas reads a time of day too; daily data has none. */
  private static final Pattern MIDNIGHT =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})[T ]00:00(:00(\\.0+)?)?");

  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{|\\{%");
  private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]*[01][01_]*");
  private static final Pattern GROUPED =
      Pattern.compile("[-+]?\\d[\\d_]*_[\\d_]*(\\.[\\d_]*)?([eE][-+]?\\d+)?");

  private final List<WorkflowProblem> problems = new ArrayList<>();
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private Map<String, Place> places = new LinkedHashMap<>();
  private int values;

  private YamlTree() {}

  static YamlDocument plain(MappingNode root) {
    YamlTree tree = new YamlTree();
    tree.enter("", root);
    Map<String, @Nullable Object> values = tree.mapping("", root);
    return new YamlDocument(values, tree.places, tree.problems);
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static Place place(Node node) {
    return new Place(line(node), null);
  }

  private @Nullable Object value(String path, Node node) {
    enter(path, node);
    try {
      if (!TAGS.contains(node.getTag())) {
        problem(node, path, "the tag " + node.getTag() + " is not allowed: write a plain value");
        return null;
      }
      if (node instanceof MappingNode mapping) {
        return mapping(path, mapping);
      }
      if (node instanceof SequenceNode sequence) {
        return sequence(path, sequence);
      }
      return scalar(path, (ScalarNode) node);
    } finally {
      open.remove(node);
    }
  }

  private Map<String, @Nullable Object> mapping(String path, MappingNode node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Map<String, Integer> own = new LinkedHashMap<>();
    for (NodeTuple entry : node.getValue()) {
      if (isMerge(entry.getKeyNode())) {
        continue;
      }
      if (!(entry.getKeyNode() instanceof ScalarNode key) || !key.getTag().equals(Tag.STR)) {
        problem(entry.getKeyNode(), path, "a key must be text");
        continue;
      }
      String name = key.getValue();
      Integer first = own.putIfAbsent(name, line(key));
      if (first != null) {
        problem(key, child(path, name), "this key is given twice, first on line " + first);
        continue;
      }
      places.put(child(path, name), place(key));
      map.put(name, value(child(path, name), entry.getValueNode()));
    }
    for (NodeTuple entry : node.getValue()) {
      if (isMerge(entry.getKeyNode())) {
        merge(path, map, entry.getValueNode());
      }
    }
    return map;
  }

  /** A map's own keys win over merged ones, and the first of several merged maps wins. */
  private void merge(String path, Map<String, @Nullable Object> map, Node merged) {
    if (merged instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> merge(path, map, item));
      return;
    }
    if (!(merged instanceof MappingNode mapping)) {
      problem(merged, path, "<< must merge a map or a list of maps");
      return;
    }
    enter(path, merged);
    Map<String, Place> own = places;
    places = new LinkedHashMap<>();
    Map<String, @Nullable Object> values = mapping(path, mapping);
    places.forEach(own::putIfAbsent);
    places = own;
    open.remove(merged);
    values.forEach(
        (key, value) -> {
          if (!map.containsKey(key)) { // a null is a value too
            map.put(key, value);
          }
        });
  }

  private void enter(String path, Node node) {
    if (++values > MAX_VALUES) {
      throw new WorkflowException(
          line(node), path, "the file holds more than " + MAX_VALUES + " values with its aliases");
    }
    if (!open.add(node)) {
      throw new WorkflowException(line(node), path, "an alias refers to what it is a part of");
    }
  }

  private List<@Nullable Object> sequence(String path, SequenceNode node) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Node item : node.getValue()) {
      String at = child(path, Integer.toString(list.size()));
      places.put(at, place(item));
      list.add(value(at, item));
    }
    return list;
  }

  private @Nullable Object scalar(String path, ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    try {
      if (tag.equals(Tag.NULL)) {
        return null;
      }
      if (tag.equals(Tag.BOOL)) {
        return bool(text);
      }
      if (tag.equals(Tag.INT)) {
        return integer(text);
      }
      if (tag.equals(Tag.FLOAT)) {
        return number(text);
      }
    } catch (IllegalArgumentException e) {
      problem(node, path, "'" + text + "' is not a value that JSON can hold");
      return null;
    }
    if (TEMPLATE.matcher(text).find()) {
      problem(node, path, "was not rendered: " + Section.quote(text));
    }
    if (node.isPlain() && node.getTag().equals(Tag.STR)) {
      return plainText(text);
    }
    return text(text);
  }

  /** Numbers as Qlib's reader has them beyond YAML 1.2: {@code 1_000}, {@code 0b11}. */
  private static Object plainText(String text) {
    if (BINARY.matcher(text).matches()) {
      String digits = text.replace("_", "").replace("0b", "");
      return digits.length() < 64 ? (Object) Long.parseLong(digits, 2) : text;
    }
    if (GROUPED.matcher(text).matches()) {
      String digits = text.replace("_", "");
      try {
        return digits.matches("[-+]?\\d+") ? (Object) Long.parseLong(digits) : number(digits);
      } catch (IllegalArgumentException e) {
        return text;
      }
    }
    return text(text);
  }

  private static String text(String text) {
    var midnight = MIDNIGHT.matcher(text);
    return midnight.matches() ? midnight.group(1) : text;
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static double number(String text) {
    double number = Double.parseDouble(text);
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static long integer(String text) {
    if (text.startsWith("0o")) {
      return Long.parseLong(text.substring(2), 8);
    }
    if (text.startsWith("0x")) {
      return Long.parseLong(text.substring(2), 16);
    }
    return Long.parseLong(text);
  }

  private static boolean isMerge(Node key) {
    return key instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().equals("<<");
  }

  private void problem(Node node, String path, String message) {
    problems.add(new WorkflowProblem(line(node), path, message));
  }

  private static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
