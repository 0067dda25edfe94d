/** Groups results by key and folds each group's predictions into one series. */
@NullMarked
package io.windrow.collector.ensemble;

import org.jspecify.annotations.NullMarked;
