/** The trading calendar. */
@NullMarked
package io.windrow.quant.calendar;

import org.jspecify.annotations.NullMarked;
