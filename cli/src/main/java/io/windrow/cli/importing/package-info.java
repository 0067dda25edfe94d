/** Bringing one's own market data in. */
@NullMarked
package io.windrow.cli.importing;

import org.jspecify.annotations.NullMarked;
