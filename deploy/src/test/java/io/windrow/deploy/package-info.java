/** Tests of what is deployed: images, compose, Kubernetes, rules and dashboards. */
@NullMarked
package io.windrow.deploy;

import org.jspecify.annotations.NullMarked;
