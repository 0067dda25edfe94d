/** Turns announcements on Kafka into claims, never more than there are free slots. */
@NullMarked
package io.windrow.worker.intake;

import org.jspecify.annotations.NullMarked;
