package io.windrow.quant.model;

import java.util.List;

/**
 * LightGBM's rule for stopping on a valid set: every metric is watched, a strictly better value
 * starts the count anew, and the first metric that did not improve for the given rounds stops the
 * training at its best round. If the rounds run out, the first metric's best round counts.
 */
final class EarlyStopping {

  private final boolean[] higherIsBetter;
  private final double[] best;
  private final int[] bestRound;
  private final int patience;
  private int chosen;

  /**
   * @param metrics names as LightGBM gives them
   * @param patience rounds without improvement until it stops
   */
  EarlyStopping(List<String> metrics, int patience) {
    this.patience = patience;
    this.higherIsBetter = new boolean[metrics.size()];
    this.best = new double[metrics.size()];
    this.bestRound = new int[metrics.size()];
    for (int i = 0; i < best.length; i++) {
      higherIsBetter[i] = isHigherBetter(metrics.get(i));
      best[i] = higherIsBetter[i] ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
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

  private static boolean isHigherBetter(String metric) {
    return metric.startsWith("auc")
        || metric.startsWith("ndcg@")
        || metric.startsWith("map@")
        || metric.startsWith("average_precision");
  }
}
