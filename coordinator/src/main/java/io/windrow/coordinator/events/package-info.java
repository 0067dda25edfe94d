/** What happens in the cluster, told to those who listen. */
@NullMarked
package io.windrow.coordinator.events;

import org.jspecify.annotations.NullMarked;
