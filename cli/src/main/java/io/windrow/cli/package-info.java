/** The {@code windrow} command: an HTTP client, and the whole cluster in one JVM. */
@NullMarked
package io.windrow.cli;

import org.jspecify.annotations.NullMarked;
