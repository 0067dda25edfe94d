/** Commands about submissions: send one, look at it, wait for its end. */
@NullMarked
package io.windrow.cli.submission;

import org.jspecify.annotations.NullMarked;
