package io.windrow.web.security;

import static io.windrow.web.security.Scope.ADMIN;
import static io.windrow.web.security.Scope.OPERATE;
import static io.windrow.web.security.Scope.READ;
import static io.windrow.web.security.Scope.SUBMIT;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The scope that each address needs: the one place that decides it. What is not listed is denied.
 * The pages of the console are open, for they hold no data: what they show they ask the API.
 * Patterns are matched as those of the handlers are, the most specific first, so no spelling of an
 * address reaches a handler past its rule.
 */
public final class EndpointScopes {
  /**
   * What an address needs.
   *
   * @param scope or null if it is open to everybody
   * @param change whether it is written to the audit log
   */
  record Rule(HttpMethod method, PathPattern pattern, @Nullable Scope scope, boolean change) {}

  private static final String API = "/api/v1";

  private static final List<Rule> TABLE =
      List.of(
          // Coordinator: console
          page("/"),
          page("/pools"),
          page("/pools/{name}"),
          page("/tasks/{id}"),
          page("/experiments"),
          page("/experiments/{name}"),
          page("/recorders/{id}"),
          page("/submissions"),
          page("/submissions/{id}"),
          page("/workers"),
          page("/queues"),
          page("/sign-in"),
          page("/assets/{*path}"),
          page("/webjars/lit-html/{*path}"),
          page("/webjars/echarts/dist/echarts.min.js"),
          // Coordinator: sessions of the console
          open("POST", "/session"),
          open("GET", "/session"),
          open("DELETE", "/session"),
          // Coordinator: workflows
          change("POST", "/submissions", SUBMIT),
          look("GET", "/submissions", READ),
          look("GET", "/submissions/{id}", READ),
          look("POST", "/workflows/validate", SUBMIT),
          look("POST", "/generations", SUBMIT),
          look("GET", "/submissions/{id}/diff", READ),
          look("POST", "/workflows/diff", SUBMIT),
          // Coordinator: tasks
          look("GET", "/tasks", READ),
          look("GET", "/tasks/{id}", READ),
          look("GET", "/tasks/stat", READ),
          look("GET", "/tasks/events", READ),
          look("GET", "/tasks/{id}/logs", READ),
          look("POST", "/tasks/requery", READ),
          // Coordinator: workers outside
          change("POST", "/tasks/fetch", SUBMIT),
          look("POST", "/tasks/{id}/heartbeat", SUBMIT),
          change("POST", "/tasks/{id}/commit", SUBMIT),
          change("POST", "/tasks/{id}/return", SUBMIT),
          // Coordinator: steering
          change("POST", "/tasks/{id}/retry", OPERATE),
          change("POST", "/tasks/{id}/cancel", OPERATE),
          change("POST", "/tasks/{id}/pause", OPERATE),
          change("POST", "/tasks/{id}/resume", OPERATE),
          change("PUT", "/tasks/{id}/definition", OPERATE),
          change("POST", "/tasks/remove", OPERATE),
          change("POST", "/tasks/reset-waiting", OPERATE),
          change("POST", "/tasks/reset-status", OPERATE),
          change("POST", "/tasks/prioritize", OPERATE),
          change("POST", "/submissions/{id}/retry", OPERATE),
          change("POST", "/submissions/{id}/cancel", OPERATE),
          // Coordinator: pools and queues
          look("GET", "/pools", READ),
          look("GET", "/pools/{name}", READ),
          look("GET", "/pools/{name}/windows", READ),
          look("GET", "/pools/{name}/retention", READ),
          change("PUT", "/pools/{name}/retention", OPERATE),
          look("GET", "/pools/{name}/limit", READ),
          change("PUT", "/pools/{name}/limit", OPERATE),
          change("POST", "/pools/{name}/retry", OPERATE),
          change("POST", "/pools/{name}/cancel", OPERATE),
          change("POST", "/pools/{name}/pause", OPERATE),
          change("POST", "/pools/{name}/resume", OPERATE),
          look("GET", "/queues", READ),
          look("GET", "/queues/{name}", READ),
          look("GET", "/queues/{name}/demand", READ),
          look("GET", "/queues/{name}/limit", READ),
          change("PUT", "/queues/{name}/limit", OPERATE),
          // Coordinator: the cluster itself
          look("GET", "/workers", READ),
          look("GET", "/workers/{id}", READ),
          change("POST", "/workers/{id}/drain", OPERATE),
          change("POST", "/workers/{id}/undrain", OPERATE),
          look("GET", "/events", READ),
          look("GET", "/throughput", READ),
          look("GET", "/diagnosis", READ),
          // Coordinator: dead letters
          look("GET", "/dead-letters", READ),
          change("POST", "/dead-letters/replay", OPERATE),
          // Coordinator: access
          look("GET", "/tokens", ADMIN),
          change("POST", "/tokens", ADMIN),
          change("DELETE", "/tokens/{id}", ADMIN),
          look("GET", "/audit", ADMIN),
          // Both: what there is
          look("GET", "/openapi.json", READ),
          look("GET", "/openapi.json.yaml", READ),
          look("GET", "/version", READ),
          // Collector: collections
          look("GET", "/collections/{submission}", READ),
          look("GET", "/collections/{submission}/groups/{group}/{series}", READ),
          // Collector: experiments and recorders
          look("GET", "/experiments", READ),
          change("POST", "/experiments", SUBMIT),
          look("GET", "/experiments/{experiment}", READ),
          change("DELETE", "/experiments/{experiment}", OPERATE),
          look("GET", "/experiments/{experiment}/recorders", READ),
          change("POST", "/experiments/{experiment}/recorders", SUBMIT),
          look("GET", "/experiments/{experiment}/recorders/{recorder}", READ),
          look("GET", "/recorders/{id}", READ),
          change("DELETE", "/recorders/{id}", OPERATE),
          change("POST", "/recorders/{id}/end", SUBMIT),
          change("POST", "/recorders/{id}/params", SUBMIT),
          change("POST", "/recorders/{id}/tags", SUBMIT),
          change("POST", "/recorders/{id}/metrics", SUBMIT),
          look("GET", "/recorders/{id}/metrics/{*metric}", READ),
          look("GET", "/recorders/{id}/artifacts", READ),
          look("GET", "/recorders/{id}/artifacts/{*path}", READ),
          change("PUT", "/recorders/{id}/artifacts/{*path}", SUBMIT));

  private EndpointScopes() {}

  /**
   * The scope that a request needs; empty if it is open, or not listed, so denied.
   *
   * @param path within the application, as sent
   */
  public static Optional<Scope> needed(HttpMethod method, PathContainer path) {
    return rule(method, path).map(Rule::scope);
  }

  /** Whether a request needs no scope, and nobody need say who makes it. */
  public static boolean isOpen(HttpMethod method, PathContainer path) {
    return rule(method, path).filter(rule -> rule.scope() == null).isPresent();
  }

  /** Whether a request is for a page of the console or for what one loads. */
  static boolean isPage(HttpMethod method, PathContainer path) {
    return rule(method, path)
        .filter(rule -> !rule.pattern().getPatternString().startsWith(API))
        .isPresent();
  }

  /** All that is listed, as {@code GET /api/v1/tasks}. */
  public static List<String> listed() {
    return TABLE.stream()
        .map(rule -> rule.method() + " " + rule.pattern().getPatternString())
        .toList();
  }

  /** Whether a request of that kind changes nothing, whatever it is for. */
  static boolean looks(HttpMethod method) {
    return method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.HEAD)
        || method.equals(HttpMethod.OPTIONS);
  }

  static Optional<Rule> rule(HttpMethod method, PathContainer path) {
    HttpMethod listed = method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method;
    return TABLE.stream()
        .filter(rule -> rule.method().equals(listed) && rule.pattern().matches(path))
        .min(Comparator.comparing(Rule::pattern, PathPattern.SPECIFICITY_COMPARATOR));
  }

  private static Rule page(String pattern) {
    return rule(HttpMethod.GET, pattern, null, false);
  }

  /** Says or asks who it is. Nothing is changed by it. */
  private static Rule open(String method, String pattern) {
    return rule(HttpMethod.valueOf(method), API + pattern, null, false);
  }

  private static Rule change(String method, String pattern, Scope scope) {
    return rule(HttpMethod.valueOf(method), API + pattern, scope, true);
  }

  /** Looks only, or, as a heartbeat, keeps what is there and comes every few seconds. */
  private static Rule look(String method, String pattern, Scope scope) {
    return rule(HttpMethod.valueOf(method), API + pattern, scope, false);
  }

  private static Rule rule(
      HttpMethod method, String pattern, @Nullable Scope scope, boolean change) {
    return new Rule(method, PathPatternParser.defaultInstance.parse(pattern), scope, change);
  }
}
