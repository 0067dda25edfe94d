/** The way from the console to the collector: browsers talk to one origin only. */
@NullMarked
package io.windrow.coordinator.gateway;

import org.jspecify.annotations.NullMarked;
