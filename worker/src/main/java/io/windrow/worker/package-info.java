/** The worker role: claims announced tasks, runs them and records their outcomes. */
@NullMarked
package io.windrow.worker;

import org.jspecify.annotations.NullMarked;
