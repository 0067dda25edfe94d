/** Qlib's expression language: parsing, and evaluation for one instrument. */
@NullMarked
package io.windrow.quant.factor.expression;

import org.jspecify.annotations.NullMarked;
