/** Puts a submission's windows together, or says which are not there. */
@NullMarked
package io.windrow.collector.collect;

import org.jspecify.annotations.NullMarked;
