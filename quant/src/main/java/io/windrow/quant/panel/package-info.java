/** A table of (datetime, instrument) rows in float32, one block per day. */
@NullMarked
package io.windrow.quant.panel;

import org.jspecify.annotations.NullMarked;
