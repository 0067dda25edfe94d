package io.windrow.quant.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rule for stopping on a valid set: every metric is watched, a strictly better value starts the
 * count anew, and the first metric that did not improve for the given rounds stops the training at
 * its best round. If the rounds run out, the first metric's best round counts. LightGBM watches all
 * of its metrics, XGBoost the last one.
 */
final class EarlyStopping {

  private final boolean[] higherIsBetter;
  private final double[] best;
  private final int[] bestRound;
  private final int patience;
  private int chosen;

  private EarlyStopping(boolean[] higherIsBetter, int patience) {
    this.patience = patience;
    this.higherIsBetter = higherIsBetter;
    this.best = new double[higherIsBetter.length];
    this.bestRound = new int[higherIsBetter.length];
    for (int i = 0; i < best.length; i++) {
      best[i] = higherIsBetter[i] ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * LightGBM's rule.
   *
   * @param metrics names as LightGBM gives them
   * @param patience rounds without improvement until it stops
   */
  static EarlyStopping lightGbm(List<String> metrics, int patience) {
    boolean[] higherIsBetter = new boolean[metrics.size()];
    for (int i = 0; i < higherIsBetter.length; i++) {
      String metric = metrics.get(i);
      higherIsBetter[i] =
          metric.startsWith("auc")
              || metric.startsWith("ndcg@")
              || metric.startsWith("map@")
              || metric.startsWith("average_precision");
    }
    return new EarlyStopping(higherIsBetter, patience);
  }

  /**
   * XGBoost's rule.
   *
   * @param metric its name, maybe with more after it
   * @param patience rounds without improvement until it stops
   */
  static EarlyStopping xgBoost(String metric, int patience) {
    boolean higherIsBetter =
        Stream.of("auc", "pre", "map", "ndcg").anyMatch(metric::startsWith)
            && !metric.startsWith("mape");
    return new EarlyStopping(new boolean[] {higherIsBetter}, patience);
  }

  /** Takes the values of a round counted from 0; true if the training should stop. */
  boolean shouldStop(int round, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (isBetter(i, values[i])) {
        best[i] = values[i];
        bestRound[i] = round;
      }
      if (round - bestRound[i] >= patience) {
        chosen = i;
        return true;
      }
    }
    return false;
  }

  /** The number of rounds to predict with. */
  int bestIteration() {
    return bestRound[chosen] + 1;
  }

  private boolean isBetter(int metric, double value) {
    return higherIsBetter[metric] ? value > best[metric] : value < best[metric];
  }
}
