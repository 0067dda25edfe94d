/** Entity tags, preconditions and byte ranges (RFC 9110). */
@NullMarked
package io.windrow.web.conditional;

import org.jspecify.annotations.NullMarked;
