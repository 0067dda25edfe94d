/** Retry, cancel, pause, resume and limits of tasks, pools and queues. */
@NullMarked
package io.windrow.cli.control;

import org.jspecify.annotations.NullMarked;
