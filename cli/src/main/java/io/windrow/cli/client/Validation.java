package io.windrow.cli.client;

import java.util.List;

/**
 * What the coordinator says about a workflow.
 *
 * @param valid whether it is a workflow in Qlib's sense
 * @param runnable whether it would be accepted
 * @param problems what keeps it from being accepted
 * @param warnings what its tasks would be without
 */
public record Validation(
    boolean valid, boolean runnable, List<Mistake> problems, List<Mistake> warnings) {}
