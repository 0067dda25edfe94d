/** Looks at a whole cluster and says what is wrong with it and what to do. */
@NullMarked
package io.windrow.cli.doctor;

import org.jspecify.annotations.NullMarked;
