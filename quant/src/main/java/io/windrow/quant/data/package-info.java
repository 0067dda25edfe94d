/** Market data on disk in Qlib's layout: reading, writing and importing it. */
@NullMarked
package io.windrow.quant.data;

import org.jspecify.annotations.NullMarked;
