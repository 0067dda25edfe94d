/** The coordinator: takes workflows in, keeps the queues filled, ends lost leases. */
@NullMarked
package io.windrow.coordinator;

import org.jspecify.annotations.NullMarked;
