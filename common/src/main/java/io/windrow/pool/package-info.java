/** The pool of tasks: every transition is one conditional update on {@code _id} and version. */
@NullMarked
package io.windrow.pool;

import org.jspecify.annotations.NullMarked;
