/** Runs a task with a command of the worker's configuration, over a protocol of JSON lines. */
@NullMarked
package io.windrow.worker.process;

import org.jspecify.annotations.NullMarked;
