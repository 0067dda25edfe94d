/** Commands that run one role, or only the broker and the store, as a process. */
@NullMarked
package io.windrow.cli.role;

import org.jspecify.annotations.NullMarked;
