package io.windrow.web.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes Spring Boot print what is open, instead of a stack trace. */
final class InsecureBindingFailureAnalyzer
    extends AbstractFailureAnalyzer<InsecureBindingException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, InsecureBindingException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
