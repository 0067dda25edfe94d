/** Looking for what is wrong with market data. */
@NullMarked
package io.windrow.cli.checking;

import org.jspecify.annotations.NullMarked;
