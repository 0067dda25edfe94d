package io.windrow.quant.model;

import io.windrow.quant.definition.Nearest;
import io.windrow.quant.definition.Section;
import java.util.List;
import java.util.Set;

/**
 * The arguments of Qlib's XGBModel, which hands all of them to XGBoost as training parameters.
 * XGBoost only warns about a name it does not know, so an unknown one is no error here either.
 */
final class XGBModelArguments {

  /** From XGBoost's page of parameters; below, the ones that benchmark files carry for nothing. */
  private static final Set<String> KNOWN =
      Set.of(
          "alpha",
          "base_score",
          "booster",
          "colsample_bylevel",
          "colsample_bynode",
          "colsample_bytree",
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
          "normalize_type",
          "nthread",
          "num_parallel_tree",
          "objective",
          "one_drop",
          "process_type",
          "quantile_alpha",
          "rate_drop",
          "refresh_leaf",
          "reg_alpha",
          "reg_lambda",
          "sample_type",
          "sampling_method",
          "scale_pos_weight",
          "seed",
          "seed_per_iteration",
          "skip_drop",
          "subsample",
          "top_k",
          "tree_method",
          "tweedie_variance_power",
          "updater",
          "validate_parameters",
          "verbosity",
          "n_estimators",
          "n_jobs",
          "random_state",
          "silent");

  private XGBModelArguments() {}

  /** Reports what cannot be a parameter. */
  static void check(Section kwargs) {
    for (String key : kwargs.keys()) {
      Object value = kwargs.raw(key);
      if (!KNOWN.contains(key)) {
        kwargs.warning(
            key, "is not a parameter of XGBoost, which ignores it" + Nearest.hint(key, KNOWN));
      }
      if (value != null && !isParameter(value)) {
        kwargs.problem(
            key, "must be a number, true, false, a word or a list, not " + Section.quote(value));
      }
    }
  }

  private static boolean isParameter(Object value) {
    if (value instanceof Number number) {
      return Double.isFinite(number.doubleValue());
    }
    return value instanceof String || value instanceof Boolean || value instanceof List<?>;
  }
}
