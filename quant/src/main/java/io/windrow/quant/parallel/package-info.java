/** Sharing work out to threads. */
@NullMarked
package io.windrow.quant.parallel;

import org.jspecify.annotations.NullMarked;
