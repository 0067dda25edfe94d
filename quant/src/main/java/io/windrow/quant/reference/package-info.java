/** References of a definition to what other recorders hold: {@code <recorder:SELECTOR/PATH>}. */
@NullMarked
package io.windrow.quant.reference;

import org.jspecify.annotations.NullMarked;
