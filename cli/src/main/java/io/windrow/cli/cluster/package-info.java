/** The whole cluster in one JVM: broker, store and all roles over loopback sockets. */
@NullMarked
package io.windrow.cli.cluster;

import org.jspecify.annotations.NullMarked;
