/** The web console: its pages and what they load. What they show they ask the API. */
@NullMarked
package io.windrow.coordinator.console;

import org.jspecify.annotations.NullMarked;
