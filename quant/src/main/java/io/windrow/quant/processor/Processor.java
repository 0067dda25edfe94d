package io.windrow.quant.processor;

import io.windrow.quant.definition.DateRange;
import io.windrow.quant.panel.PanelEditor;

/**
 * One step from raw data to what a model sees. Processors are records: two that are equal do the
 * same to the same rows, so they serve as keys of cached results.
 */
public interface Processor {

  /** Fits itself where it has something to fit, then changes the panel. */
  void process(PanelEditor panel);

  /** Whether data for predictions may pass through; false for what looks at labels. */
  default boolean isForInference() {
    return true;
  }

  /**
   * The processor as it acts in a handler that holds only these days: a fitted one learns from no
   * others, even if the panel has more.
   */
  default Processor within(DateRange handlerDays) {
    return this;
  }
}
