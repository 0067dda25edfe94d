/** Where a task's way is told to whoever collects traces, from its submission to its collection. */
@NullMarked
package io.windrow.trace;

import org.jspecify.annotations.NullMarked;
