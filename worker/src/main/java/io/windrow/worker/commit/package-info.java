/** Records what an attempt found out and its outcome, in an order that survives any crash. */
@NullMarked
package io.windrow.worker.commit;

import org.jspecify.annotations.NullMarked;
