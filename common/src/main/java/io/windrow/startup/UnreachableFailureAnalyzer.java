package io.windrow.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes Spring Boot print what is not reachable, instead of a stack trace. */
final class UnreachableFailureAnalyzer extends AbstractFailureAnalyzer<UnreachableException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, UnreachableException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
