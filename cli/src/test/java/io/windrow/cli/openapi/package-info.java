/** What the roles' APIs promise, and that they keep it. */
@NullMarked
package io.windrow.cli.openapi;

import org.jspecify.annotations.NullMarked;
