/** Serves collections over HTTP, as JSON and as Arrow IPC files. */
@NullMarked
package io.windrow.collector.api;

import org.jspecify.annotations.NullMarked;
