/** The task: its identity, its states and what one attempt at it may come to. */
@NullMarked
package io.windrow.task;

import org.jspecify.annotations.NullMarked;
