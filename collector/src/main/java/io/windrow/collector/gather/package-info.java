/** Qlib's collectors as a Java API: results of recorders, grouped and put together. */
@NullMarked
package io.windrow.collector.gather;

import org.jspecify.annotations.NullMarked;
