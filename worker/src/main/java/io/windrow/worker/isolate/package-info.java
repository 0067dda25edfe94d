/** Runs an attempt in a Java process of its own, so that what kills the process costs no more. */
@NullMarked
package io.windrow.worker.isolate;

import org.jspecify.annotations.NullMarked;
