/** Keeps this worker's claims alive, and tells a run when its claim is gone. */
@NullMarked
package io.windrow.worker.lease;

import org.jspecify.annotations.NullMarked;
