package io.windrow.web.request;

import io.windrow.web.problem.Problems;
import io.windrow.web.problem.Quoted;
import io.windrow.web.problem.SpellingHint;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses query parameters that the handler does not declare. A misspelt one would be left out
 * silently, and a change hit every task.
 */
public final class StrictRequestMapping extends RequestMappingHandlerMapping {
  private final SpellingHint hint;
  private final Map<Method, DeclaredParameters> declared = new ConcurrentHashMap<>();

  /** Asks for the nearest known name there. */
  public StrictRequestMapping(SpellingHint hint) {
    this.hint = hint;
  }

  @Override
  protected void handleMatch(
      RequestMappingInfo info, HandlerMethod handler, ServerWebExchange exchange) {
    super.handleMatch(info, handler, exchange);
    if (exchange.getRequest().getQueryParams().isEmpty()) {
      return;
    }
    DeclaredParameters known =
        declared.computeIfAbsent(handler.getMethod(), method -> DeclaredParameters.of(handler));
    for (String given : exchange.getRequest().getQueryParams().keySet()) {
      if (!known.open() && !known.names().contains(given)) {
        throw Problems.badRequest(
            "There is no query parameter "
                + Quoted.of(given)
                + " here"
                + hint.of(given, known.names())
                + "; "
                + (known.names().isEmpty()
                    ? "this address takes none."
                    : "known: " + String.join(", ", known.names()) + ".")
                + " Nothing was changed.");
      }
    }
  }
}
