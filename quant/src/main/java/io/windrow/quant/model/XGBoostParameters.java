package io.windrow.quant.model;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Training parameters for XGBoost. It only warns about a name it does not know, so an unknown one
 * is no error here either.
 *
 * @param entries names and values in the order they are set; a metric for each {@code eval_metric}
 */
record XGBoostParameters(List<Map.Entry<String, String>> entries) {

  /** From XGBoost's page of parameters, and what its configuration of a training lists. */
  private static final Set<String> KNOWN =
      Set.of(
          "alpha",
          "base_score",
          "boost_from_average",
          "booster",
          "colsample_bylevel",
          "colsample_bynode",
          "colsample_bytree",
          "default_direction",
          "device",
          "disable_default_eval_metric",
          "eta",
          "eval_metric",
          "feature_selector",
          "gamma",
          "grow_policy",
          "huber_slope",
          "interaction_constraints",
          "lambda",
          "learning_rate",
          "max_bin",
          "max_cached_hist_node",
          "max_cat_threshold",
          "max_cat_to_onehot",
          "max_delta_step",
          "max_depth",
          "max_leaves",
          "min_child_weight",
          "min_split_loss",
          "monotone_constraints",
          "multi_strategy",
          "n_jobs",
          "normalize_type",
          "nthread",
          "num_parallel_tree",
          "objective",
          "one_drop",
          "opt_dense_col",
          "process_type",
          "quantile_alpha",
          "random_state",
          "rate_drop",
          "refresh_leaf",
          "reg_alpha",
          "reg_lambda",
          "sample_type",
          "sampling_method",
          "scale_pos_weight",
          "seed",
          "seed_per_iteration",
          "sketch_ratio",
          "skip_drop",
          "sparse_threshold",
          "subsample",
          "tolerance",
          "top_k",
          "tree_method",
          "tweedie_variance_power",
          "updater",
          "validate_parameters",
          "verbosity");

  /** A name of XGBoost's scikit-learn classes, which Qlib's own benchmark files carry. */
  private static final String ROUNDS_OF_SKLEARN = "n_estimators";

  /** Had a meaning once; here XGBoost is silent anyway. */
  private static final String SILENT = "silent";

  private static final Set<String> THREADS = Set.of("nthread", "n_jobs");

  /** Objectives whose predictions are not one number a row, or that need more than a label. */
  private static final List<String> OTHER_OBJECTIVES = List.of("multi:", "rank:", "survival:aft");

  XGBoostParameters {
    entries = List.copyOf(entries);
  }

  /**
   * Reads every key of the arguments.
   *
   * @param own keys that are not parameters of XGBoost but of the model around it
   */
  static XGBoostParameters read(Section kwargs, Collection<String> own) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    for (String key : kwargs.keys()) {
      Object value = kwargs.raw(key);
      if (own.contains(key) || value == null || key.equals(SILENT)) {
        continue;
      }
      if (!isParameter(value)) {
        kwargs.problem(
            key, "must be a number, true, false, a word or a list, not " + Section.quote(value));
      } else if (key.equals(ROUNDS_OF_SKLEARN)) {
        kwargs.warning(
            key, "is ignored, as in Qlib: the most rounds are num_boost_round, 1000 if absent");
      } else if (!KNOWN.contains(key)) {
        kwargs.warning(
            key, "is not a parameter of XGBoost, which ignores it" + Nearest.hint(key, KNOWN));
      } else {
        add(entries, kwargs, key, value);
      }
    }
    return new XGBoostParameters(entries);
  }

  private static void add(
      List<Map.Entry<String, String>> entries, Section kwargs, String key, Object value) {
    if (key.equals("objective") && OTHER_OBJECTIVES.stream().anyMatch(("" + value)::startsWith)) {
      kwargs.problem(key, "cannot be '" + value + "': one prediction a row is needed");
    } else if (key.equals("quantile_alpha") && value instanceof List<?> list && list.size() > 1) {
      kwargs.problem(key, "must be one number: one prediction a row is needed");
    } else if (key.equals("process_type") && !value.equals("default")) {
      kwargs.problem(key, "must be default: there is no model to update");
    } else if (key.equals("eval_metric") && value instanceof List<?> metrics) {
      metrics.forEach(metric -> entries.add(Map.entry(key, text(metric))));
    } else if (key.equals("monotone_constraints")) {
      // Those alone are a tuple to XGBoost.
      entries.add(Map.entry(key, text(value).replace('[', '(').replace(']', ')')));
    } else {
      entries.add(Map.entry(key, text(value)));
    }
  }

  private static boolean isParameter(Object value) {
    if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue());
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty()
          && list.stream().allMatch(part -> part != null && isParameter((Object) part));
    }
    return value instanceof Boolean || (value instanceof String text && text.indexOf('\0') < 0);
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(XGBoostParameters::text).collect(Collectors.joining(",", "[", "]"));
    }
    // A whole number has no decimal point, which XGBoost would not take for an integer.
    return value instanceof Number number
        ? Objects.requireNonNull(LightGbmParameters.number(number))
        : value.toString();
  }

  /**
   * The parameters with no more threads than allowed, and silence, because XGBoost writes past the
   * log.
   */
  List<Map.Entry<String, String>> entries(int threads) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    int asked = threads;
    for (Map.Entry<String, String> entry : entries) {
      if (THREADS.contains(entry.getKey())) {
        asked = wanted(entry.getValue(), threads);
      } else if (!entry.getKey().equals("verbosity")) {
        all.add(entry);
      }
    }
    all.add(Map.entry("nthread", Integer.toString(asked)));
    all.add(Map.entry("verbosity", "0"));
    return all;
  }

  /** As XGBoost, which takes every number below 1 for all there are. */
  private static int wanted(String text, int threads) {
    int wanted = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
    return wanted < 1 ? threads : Math.min(wanted, threads);
  }
}
