package io.windrow.quant.dataset;

/** How Qlib names the stages of a handler's data. */
public enum DataKey {
  /** As computed. */
  RAW,
  /** For predictions. */
  INFER,
  /** For training. */
  LEARN
}
