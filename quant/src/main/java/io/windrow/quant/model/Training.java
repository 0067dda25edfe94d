package io.windrow.quant.model;

/** What a training needs from the run around it. */
public interface Training {

  /** How many threads it may use, at least 1. */
  int threads();

  /** Notes one value of a metric in a round counted from 0. */
  void metric(String name, int round, double value);

  /**
   * Returns if the training may go on.
   *
   * @throws java.util.concurrent.CancellationException if it was asked to stop
   */
  void checkCancelled();
}
