/** What the roles' meters have in common: names that are bounded, gauges that come and go. */
@NullMarked
package io.windrow.meter;

import org.jspecify.annotations.NullMarked;
