/** Qlib's processors: how raw features and labels become what a model learns from. */
@NullMarked
package io.windrow.quant.processor;

import org.jspecify.annotations.NullMarked;
