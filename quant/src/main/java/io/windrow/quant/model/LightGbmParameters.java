package io.windrow.quant.model;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parameters for LightGBM, by their canonical names, checked so that a value can be nothing but a
 * value.
 *
 * @param values as LightGBM writes them in its parameter text
 */
record LightGbmParameters(SortedMap<String, String> values) {

  /** LightGBM splits its parameter text at white space and '=': a value has neither. */
  private static final String PLAIN_VALUE = "[A-Za-z0-9_.,:+\\-\\[\\]]{1,200}";

  /** Objectives whose predictions are not one number a row, or that need more than a label. */
  private static final List<String> OTHER_OBJECTIVES =
      List.of(
          "multiclass",
          "softmax",
          "multiclassova",
          "multiclass_ova",
          "ova",
          "ovr",
          "lambdarank",
          "rank_xendcg",
          "xendcg",
          "xe_ndcg",
          "xe_ndcg_mart",
          "xendcg_mart",
          "none",
          "null",
          "custom",
          "na");

  LightGbmParameters {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Reads every key of the arguments that nobody has asked for.
   *
   * @param own keys that are not parameters of LightGBM but of the model around it
   */
  static LightGbmParameters read(Section kwargs, Collection<String> own) {
    TreeMap<String, String> values = new TreeMap<>();
    for (String key : kwargs.keys()) {
      Object value = kwargs.raw(key);
      if (own.contains(key) || value == null) {
        continue;
      }
      Optional<String> name = LightGbmNames.canonical(key);
      if (name.isEmpty()) {
        kwargs.problem(
            key, "is not a parameter of LightGBM" + Nearest.hint(key, LightGbmNames.all()));
      } else if (LightGbmNames.isRefused(name.get())) {
        kwargs.problem(
            key,
            "is refused: it reads or writes files, reaches other machines or devices, or changes"
                + " what is run");
      } else {
        add(values, kwargs, key, name.get(), text(value));
      }
    }
    return new LightGbmParameters(values).withDefaults();
  }

  private static void add(
      Map<String, String> values, Section kwargs, String key, String name, @Nullable String value) {
    if (value == null) {
      kwargs.problem(
          key,
          "must be a number, true, false or a plain word, not " + Section.quote(kwargs.raw(key)));
    } else if (name.equals("objective") && OTHER_OBJECTIVES.contains(value)) {
      kwargs.problem(key, "cannot be '" + value + "': one prediction a row is needed");
    } else if (values.putIfAbsent(name, value) != null) {
      kwargs.problem(key, "is a second value for " + name);
    }
  }

  /** The same data gives the same model whatever the number of threads. */
  private LightGbmParameters withDefaults() {
    TreeMap<String, String> all = new TreeMap<>(values);
    all.put("verbosity", "-1");
    all.putIfAbsent("deterministic", "true");
    if (!"true".equalsIgnoreCase(all.get("force_col_wise"))) {
      all.putIfAbsent("force_row_wise", "true");
    }
    return new LightGbmParameters(all);
  }

  LightGbmParameters withDefault(String name, String value) {
    TreeMap<String, String> all = new TreeMap<>(values);
    all.putIfAbsent(name, value);
    return new LightGbmParameters(all);
  }

  LightGbmParameters without(String name) {
    TreeMap<String, String> all = new TreeMap<>(values);
    all.remove(name);
    return new LightGbmParameters(all);
  }

  /** LightGBM's parameter text, with no more threads than allowed. */
  String text(int threads) {
    TreeMap<String, String> all = new TreeMap<>(values);
    all.merge("num_threads", Integer.toString(threads), (asked, most) -> fewer(asked, threads));
    return all.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  private static String fewer(String asked, int threads) {
    int wanted = asked.matches("[0-9]{1,9}") ? Integer.parseInt(asked) : 0;
    return Integer.toString(wanted < 1 ? threads : Math.min(wanted, threads));
  }

  private static @Nullable String text(Object value) {
    if (value instanceof Boolean flag) {
      return flag.toString();
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof String text && text.matches(PLAIN_VALUE)) {
      return text;
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<@Nullable String> parts =
          list.stream().map(part -> part == null ? null : part(part)).toList();
      return parts.contains(null) ? null : String.join(",", parts);
    }
    return null;
  }

  /** A list within a list is in brackets: {@code interaction_constraints=[0,1],[2]}. */
  private static @Nullable String part(Object value) {
    String text = text(value);
    return value instanceof List<?> && text != null ? "[" + text + "]" : text;
  }

  /**
   * A whole number has no decimal point, which LightGBM would not take for an integer; null if it
   * is not finite.
   */
  static @Nullable String number(Number number) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      return null;
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : new BigDecimal(number.toString()).toString();
  }
}
