/** What a run writes down once its model is trained: predictions, labels, analyses. */
@NullMarked
package io.windrow.quant.record;

import org.jspecify.annotations.NullMarked;
