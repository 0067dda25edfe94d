/**
 * The pool of tasks on MongoDB, through its reactive driver, and the one entry to everything kept
 * there.
 */
@NullMarked
package io.windrow.store;

import org.jspecify.annotations.NullMarked;
