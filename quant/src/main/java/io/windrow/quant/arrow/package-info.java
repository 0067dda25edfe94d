/** Reads and writes tables of results in Arrow's IPC file format. */
@NullMarked
package io.windrow.quant.arrow;

import org.jspecify.annotations.NullMarked;
