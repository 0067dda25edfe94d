/**
 * {@code windrow chaos}: a cluster of processes under faults, and the check that nothing was lost
 * or done twice.
 */
@NullMarked
package io.windrow.cli.chaos;

import org.jspecify.annotations.NullMarked;
