/** Tells the cluster that this worker is there, and hears what is asked of it. */
@NullMarked
package io.windrow.worker.fleet;

import org.jspecify.annotations.NullMarked;
