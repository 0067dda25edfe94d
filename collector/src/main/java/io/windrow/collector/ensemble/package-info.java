/** Qlib's groups and ensembles: keyed results in, fewer and longer series out. */
@NullMarked
package io.windrow.collector.ensemble;

import org.jspecify.annotations.NullMarked;
