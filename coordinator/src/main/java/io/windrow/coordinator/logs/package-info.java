/** What the attempts of a task have left to read. */
@NullMarked
package io.windrow.coordinator.logs;

import org.jspecify.annotations.NullMarked;
