package io.windrow.quant.model;

import io.windrow.quant.reference.Reference;
import java.util.Optional;

/** A model as a definition describes it, not trained yet. */
public interface Model {

  /** The model it goes on from, which then comes with the data; most begin with nothing. */
  default Optional<Reference> startsFrom() {
    return Optional.empty();
  }

  /** Whether it cannot do without a valid segment. */
  default boolean needsValid() {
    return false;
  }

  /** Whether it can be told what each row counts for. */
  default boolean takesWeights() {
    return true;
  }

  /** Trains it. The caller closes what it gets. */
  TrainedModel train(TrainingData data, Training training);
}
