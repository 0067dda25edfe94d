/** Finds what is wrong with market data before a model is trained on it. */
@NullMarked
package io.windrow.quant.data.health;

import org.jspecify.annotations.NullMarked;
