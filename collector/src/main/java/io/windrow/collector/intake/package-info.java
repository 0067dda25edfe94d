/** Takes in the outcomes of tasks, from the results topic and from the pool. */
@NullMarked
package io.windrow.collector.intake;

import org.jspecify.annotations.NullMarked;
