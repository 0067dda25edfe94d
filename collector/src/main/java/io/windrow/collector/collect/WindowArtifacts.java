package io.windrow.collector.collect;

import io.windrow.quant.evaluate.ScoreSeries;
import org.jspecify.annotations.Nullable;

/**
 * What a window's recorder holds for the collection.
 *
 * @param recorder id of the recorder
 * @param plan the window
 * @param predictions its predictions, or null
 * @param labels its raw labels, or null
 * @param problem why something that was promised is not here, or null if all is well
 */
record WindowArtifacts(
    String recorder,
    WindowPlan plan,
    @Nullable ScoreSeries predictions,
    @Nullable ScoreSeries labels,
    @Nullable String problem) {}
