/** What every role checks before it starts. */
@NullMarked
package io.windrow.startup;

import org.jspecify.annotations.NullMarked;
