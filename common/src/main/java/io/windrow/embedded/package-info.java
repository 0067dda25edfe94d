/** The broker and the store inside one JVM: for the demo, for one machine, and for tests. */
@NullMarked
package io.windrow.embedded;

import org.jspecify.annotations.NullMarked;
