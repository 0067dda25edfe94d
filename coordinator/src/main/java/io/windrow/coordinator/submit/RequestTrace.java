package io.windrow.coordinator.submit;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.windrow.trace.Traces;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/** The span that the web framework has opened for a request. */
final class RequestTrace {
  private RequestTrace() {}

  /** Its traceparent; null if requests are not traced. */
  static @Nullable String of(ContextView context) {
    Observation request = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
    return request == null ? null : request.scoped(Traces::current);
  }
}
