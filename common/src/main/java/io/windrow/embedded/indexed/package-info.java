/**
 * What the embedded server lacks in memory: secondary indexes. A query or a count looks at the
 * tasks that an index leaves, in the index's order, instead of at all.
 */
@NullMarked
package io.windrow.embedded.indexed;

import org.jspecify.annotations.NullMarked;
