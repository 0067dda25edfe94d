/** Commands about workers and queues: who is there, who serves what. */
@NullMarked
package io.windrow.cli.fleet;

import org.jspecify.annotations.NullMarked;
