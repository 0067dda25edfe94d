/** Reads a task definition with every problem reported at once, each with its place. */
@NullMarked
package io.windrow.quant.definition;

import org.jspecify.annotations.NullMarked;
