/** Experiments and recorders over HTTP: their life, their values, their artifacts. */
@NullMarked
package io.windrow.collector.experiment;

import org.jspecify.annotations.NullMarked;
