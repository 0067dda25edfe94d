/** Operations that are asked for at the same time and done together. */
@NullMarked
package io.windrow.batch;

import org.jspecify.annotations.NullMarked;
