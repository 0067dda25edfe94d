/** Named places between two writes at which a test may stop a process. */
@NullMarked
package io.windrow.failpoint;

import org.jspecify.annotations.NullMarked;
