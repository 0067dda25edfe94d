/** Errors as RFC 9457 problems: what is wrong, where, and what to do. */
@NullMarked
package io.windrow.web.problem;

import org.jspecify.annotations.NullMarked;
