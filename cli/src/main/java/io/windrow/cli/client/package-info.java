/** The coordinator's and the collector's HTTP interfaces as the command sees them. */
@NullMarked
package io.windrow.cli.client;

import org.jspecify.annotations.NullMarked;
