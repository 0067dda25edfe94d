/** {@code windrow demo}: a whole experiment, from data to report, in one process. */
@NullMarked
package io.windrow.cli.demo;

import org.jspecify.annotations.NullMarked;
