/** Who works here: the presence that each worker writes, and what is asked of it. */
@NullMarked
package io.windrow.fleet;

import org.jspecify.annotations.NullMarked;
