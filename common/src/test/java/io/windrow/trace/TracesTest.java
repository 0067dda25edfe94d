package io.windrow.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TracesTest {
  private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String UNSAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

  /** Draws no trace of its own accord. */
  private final Traces traces = traces(Sampler.alwaysOff());

  @Test
  void a_span_is_the_root_of_its_own_trace_and_linked_to_its_causes() throws Exception {
    Span parent =
        Span.wrap(
            SpanContext.create(
                "11111111111111111111111111111111",
                "2222222222222222",
                TraceFlags.getSampled(),
                TraceState.getDefault()));
    ReadableSpan span =
        (ReadableSpan)
            Context.root()
                .with(parent)
                .wrap(() -> begin(traces, Arrays.asList(SAMPLED, null, "nonsense", SAMPLED)))
                .call();

    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(span.toSpanData().getLinks())
        .extracting(LinkData::getSpanContext)
        .extracting(SpanContext::getTraceId, SpanContext::getSpanId)
        .containsExactly(tuple("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"));
  }

  @Test
  void a_span_is_recorded_if_its_cause_was_whatever_the_chance() {
    assertThat(begin(traces, List.of(SAMPLED)).isRecording()).isTrue();
    assertThat(begin(traces(Sampler.alwaysOn()), List.of(UNSAMPLED)).isRecording()).isFalse();
    assertThat(begin(traces, List.of()).isRecording()).isFalse();
    assertThat(begin(traces(Sampler.alwaysOn()), List.of()).isRecording()).isTrue();
  }

  @Test
  void a_traceparent_goes_with_a_record_and_comes_back() throws Exception {
    Span span = begin(traces, List.of(SAMPLED));
    String current = Context.root().with(span).wrap(Traces::current).call();

    assertThat(current)
        .contains(span.getSpanContext().getTraceId(), span.getSpanContext().getSpanId());
    assertThat(Traces.of(new RecordHeaders(Traces.headers(current)))).isEqualTo(current);
    assertThat(Traces.of(new RecordHeaders())).isNull();
    assertThat(Traces.headers(null)).isEmpty();
  }

  @Test
  void a_batch_links_no_more_than_is_kept() {
    List<String> many =
        IntStream.range(1, 1000)
            .mapToObj("00-0af7651916cd43dd8448eb211c80319c-%016x-01"::formatted)
            .toList();

    assertThat(((ReadableSpan) begin(traces, many)).toSpanData().getLinks()).hasSize(128);
  }

  @Test
  void without_a_receiver_there_are_no_spans() {
    assertThat(Traces.OFF.on()).isFalse();
    assertThat(begin(Traces.OFF, Collections.singletonList(SAMPLED))).isSameAs(Span.getInvalid());
    assertThat(Traces.current()).isNull();
  }

  private static Span begin(Traces traces, List<String> causes) {
    return traces.begin("windrow.attempt", SpanKind.CONSUMER, causes);
  }

  private static Traces traces(Sampler first) {
    return new Traces(
        OpenTelemetrySdk.builder()
            .setTracerProvider(
                SdkTracerProvider.builder().setSampler(new CauseSampler(first)).build())
            .build());
  }
}
