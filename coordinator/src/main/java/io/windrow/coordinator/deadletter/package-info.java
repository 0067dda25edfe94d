/** Records that nobody could decode: what they are, and sending them again. */
@NullMarked
package io.windrow.coordinator.deadletter;

import org.jspecify.annotations.NullMarked;
