/** Runs one task definition from data to records. */
@NullMarked
package io.windrow.quant.run;

import org.jspecify.annotations.NullMarked;
