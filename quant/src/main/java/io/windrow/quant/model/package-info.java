/** Models by Qlib's class names: LightGBM through its C API, and linear regression. */
@NullMarked
package io.windrow.quant.model;

import org.jspecify.annotations.NullMarked;
