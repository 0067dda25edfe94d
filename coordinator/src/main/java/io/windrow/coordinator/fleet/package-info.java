/** What stands on the queues, and which workers serve them. */
@NullMarked
package io.windrow.coordinator.fleet;

import org.jspecify.annotations.NullMarked;
