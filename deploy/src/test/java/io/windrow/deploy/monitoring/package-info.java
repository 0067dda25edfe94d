/**
 * Dashboards, rules and alerts: that they are sound, and that they show what a real cluster does.
 */
@NullMarked
package io.windrow.deploy.monitoring;

import org.jspecify.annotations.NullMarked;
