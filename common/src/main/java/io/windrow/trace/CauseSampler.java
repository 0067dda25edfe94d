package io.windrow.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Keeps what belongs together: a span with links is recorded if one of those it is linked to is.
 * The chance is drawn once, when the first span of a task's way begins.
 */
final class CauseSampler implements Sampler {
  private final Sampler first;

  /**
   * @param first decides about spans without links
   */
  CauseSampler(Sampler first) {
    this.first = first;
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    if (links.isEmpty()) {
      return first.shouldSample(parent, traceId, name, kind, attributes, links);
    }
    return links.stream().anyMatch(link -> link.getSpanContext().isSampled())
        ? SamplingResult.recordAndSample()
        : SamplingResult.drop();
  }

  @Override
  public String getDescription() {
    return "CauseSampler{" + first.getDescription() + "}";
  }
}
