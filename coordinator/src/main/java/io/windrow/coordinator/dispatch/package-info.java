/**
 * What the active coordinator does all the time: keeps the queues filled, announces again what was
 * lost, ends leases that ran out, publishes what nobody has published.
 */
@NullMarked
package io.windrow.coordinator.dispatch;

import org.jspecify.annotations.NullMarked;
