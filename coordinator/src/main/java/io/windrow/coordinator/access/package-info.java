/** Tokens and the audit log over HTTP. */
@NullMarked
package io.windrow.coordinator.access;

import org.jspecify.annotations.NullMarked;
