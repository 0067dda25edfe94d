/** The OpenAPI document of a role, made of its handlers. */
@NullMarked
package io.windrow.web.openapi;

import org.jspecify.annotations.NullMarked;
