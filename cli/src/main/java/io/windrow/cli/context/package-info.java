/** Which cluster commands are about: named contexts in a file of the user's. */
@NullMarked
package io.windrow.cli.context;

import org.jspecify.annotations.NullMarked;
