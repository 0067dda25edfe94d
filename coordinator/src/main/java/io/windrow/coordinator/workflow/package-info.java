/**
 * Reads Qlib's workflow YAML with Windrow's section: safely, and with every problem reported at
 * once under its line.
 */
@NullMarked
package io.windrow.coordinator.workflow;

import org.jspecify.annotations.NullMarked;
