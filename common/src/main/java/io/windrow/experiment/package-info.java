/** Experiments, recorders with parameters and stepped metrics, and the artifacts they own. */
@NullMarked
package io.windrow.experiment;

import org.jspecify.annotations.NullMarked;
