/** The collector: takes in finished tasks and serves them as complete out-of-sample series. */
@NullMarked
package io.windrow.collector;

import org.jspecify.annotations.NullMarked;
