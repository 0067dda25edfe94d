/** A request that is sent twice is carried out once: the {@code Idempotency-Key} header. */
@NullMarked
package io.windrow.web.idempotency;

import org.jspecify.annotations.NullMarked;
