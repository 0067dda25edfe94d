/** The control API: submit workflows, look at submissions, pools and tasks. */
@NullMarked
package io.windrow.coordinator.api;

import org.jspecify.annotations.NullMarked;
