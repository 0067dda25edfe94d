package io.windrow.coordinator.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that changes tasks: which, and how.
 *
 * @param pool only of this pool
 * @param filter only what it selects
 * @param ids only these
 * @param force also what somebody runs
 * @param state the new state
 * @param priority the new priority
 * @param reason for the history
 */
record ChangeRequest(
    @Nullable String pool,
    @Nullable String filter,
    @Nullable List<String> ids,
    @Nullable Boolean force,
    @Nullable String state,
    @Nullable Integer priority,
    @Nullable String reason) {

  boolean forced() {
    return Boolean.TRUE.equals(force);
  }
}
