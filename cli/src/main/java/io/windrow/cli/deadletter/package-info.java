/** Records that nobody could decode. */
@NullMarked
package io.windrow.cli.deadletter;

import org.jspecify.annotations.NullMarked;
