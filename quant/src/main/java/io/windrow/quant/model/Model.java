package io.windrow.quant.model;

/** A model as a definition describes it, not trained yet. */
public interface Model {

  /** Trains it. The caller closes what it gets. */
  TrainedModel train(TrainingData data, Training training);
}
