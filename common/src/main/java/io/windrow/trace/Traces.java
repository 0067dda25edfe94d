package io.windrow.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans, each the root of a trace of its own that is linked to what caused it. A task may
 * wait for hours, and be tried again and again: a parent that stays open for so long is lost with
 * its process, and no tool shows such a trace well.
 *
 * <p>What goes from process to process is the W3C {@code traceparent} of a span. While nobody
 * collects traces there is none, and nothing is sent or stored.
 */
public final class Traces {
  /** Nobody collects traces. */
  public static final Traces OFF = new Traces(OpenTelemetry.noop());

  private static final String TRACEPARENT = "traceparent";
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  /** As many as the SDK keeps. */
  private static final int MOST_LINKS = 128;

  private static final TextMapGetter<String> TEXT =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
          return List.of(TRACEPARENT);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
          return key.equals(TRACEPARENT) ? traceparent : null;
        }
      };

  private final Tracer tracer;
  private final boolean on;

  public Traces(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.windrow");
    this.on = telemetry != OpenTelemetry.noop();
  }

  /** Whether anybody collects traces; asked before anything is made for them alone. */
  public boolean on() {
    return on;
  }

  /**
   * Begins the root of a new trace.
   *
   * @param causes traceparents of what it comes from; what is none is left out
   */
  public Span begin(String name, SpanKind kind, Collection<@Nullable String> causes) {
    if (!on) {
      return Span.getInvalid();
    }
    SpanBuilder span = tracer.spanBuilder(name).setNoParent().setSpanKind(kind);
    causes.stream()
        .filter(Objects::nonNull)
        .distinct()
        .map(Traces::read)
        .filter(SpanContext::isValid)
        .limit(MOST_LINKS)
        .forEach(span::addLink);
    return span.startSpan();
  }

  private static SpanContext read(String traceparent) {
    return Span.fromContext(W3C.extract(Context.root(), traceparent, TEXT)).getSpanContext();
  }

  /** The traceparent of this thread's span, or null. */
  public static @Nullable String current() {
    if (!Span.current().getSpanContext().isValid()) {
      return null;
    }
    Map<String, String> carrier = new HashMap<>();
    W3C.inject(Context.current(), carrier, (all, key, value) -> all.put(key, value));
    return carrier.get(TRACEPARENT);
  }

  /** What to send with a record; empty without a traceparent. */
  public static List<Header> headers(@Nullable String traceparent) {
    return traceparent == null ? List.of() : List.of(new TraceHeader(traceparent));
  }

  /** The traceparent that came with a record, or null. */
  public static @Nullable String of(Headers headers) {
    Header header = headers.lastHeader(TRACEPARENT);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  private record TraceHeader(String traceparent) implements Header {
    @Override
    public String key() {
      return TRACEPARENT;
    }

    @Override
    public byte[] value() {
      return traceparent.getBytes(UTF_8);
    }
  }
}
