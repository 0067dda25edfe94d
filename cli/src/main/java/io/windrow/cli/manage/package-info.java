/** Questions about tasks, changes to many of them, and fetching them as a worker outside. */
@NullMarked
package io.windrow.cli.manage;

import org.jspecify.annotations.NullMarked;
