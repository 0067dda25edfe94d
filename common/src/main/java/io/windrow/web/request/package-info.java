/** Which query parameters a request may have. */
@NullMarked
package io.windrow.web.request;

import org.jspecify.annotations.NullMarked;
