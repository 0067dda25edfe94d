/** Markets that are made up. */
@NullMarked
package io.windrow.cli.market;

import org.jspecify.annotations.NullMarked;
