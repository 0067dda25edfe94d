/** Runs claimed tasks in slots and classifies what came of them. */
@NullMarked
package io.windrow.worker.execute;

import org.jspecify.annotations.NullMarked;
