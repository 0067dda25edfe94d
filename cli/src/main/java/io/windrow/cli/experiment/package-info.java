/** {@code windrow experiment} and {@code windrow recorder}. */
@NullMarked
package io.windrow.cli.experiment;

import org.jspecify.annotations.NullMarked;
