/** Fetching what came of a submission and writing it to files. */
@NullMarked
package io.windrow.cli.collection;

import org.jspecify.annotations.NullMarked;
