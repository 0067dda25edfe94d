/** Benchmarks that users can run on their own data. */
@NullMarked
package io.windrow.cli.bench;

import org.jspecify.annotations.NullMarked;
