/** What an operator would look at first when a cluster does not do what it should. */
@NullMarked
package io.windrow.coordinator.doctor;

import org.jspecify.annotations.NullMarked;
