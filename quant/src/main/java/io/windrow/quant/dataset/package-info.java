/** Handlers, segments and the cache of features that all tasks of a process share. */
@NullMarked
package io.windrow.quant.dataset;

import org.jspecify.annotations.NullMarked;
