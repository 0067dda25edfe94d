/** Turns an accepted workflow into a submission and its tasks, whatever dies on the way. */
@NullMarked
package io.windrow.coordinator.submit;

import org.jspecify.annotations.NullMarked;
