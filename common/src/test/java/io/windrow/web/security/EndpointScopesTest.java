package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;

class EndpointScopesTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/tasks, read",
    "HEAD, /api/v1/tasks, read",
    "GET, /api/v1/tasks/stat, read",
    "POST, /api/v1/tasks/requery, read",
    "POST, /api/v1/submissions, submit",
    "POST, /api/v1/tasks/abc/commit, submit",
    "PUT, /api/v1/recorders/r/artifacts/a/b/c, submit",
    "POST, /api/v1/tasks/remove, operate",
    "POST, /api/v1/tasks/abc/cancel, operate",
    "DELETE, /api/v1/experiments/e, operate",
    "PUT, /api/v1/pools/a%2Fb/limit, operate",
    "GET, /api/v1/tokens, admin",
    "POST, /api/v1/tokens, admin",
    "DELETE, /api/v1/tokens/abc, admin",
    "GET, /api/v1/audit, admin"
  })
  void says_what_a_request_needs(String method, String path, String scope) {
    assertThat(EndpointScopes.needed(HttpMethod.valueOf(method), PathContainer.parsePath(path)))
        .contains(Scope.of(scope));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /",
    "GET, //",
    "GET, /pools/",
    "GET, /tasks",
    "GET, /webjars/echarts/dist/echarts.js",
    "GET, /api/v1",
    "GET, /api/v1/",
    "GET, /api/v1/tasks/",
    "GET, /api/v1/nothing",
    "POST, /api/v1/tasks",
    "DELETE, /api/v1/tasks/abc",
    "PATCH, /api/v1/pools/p/limit",
    "GET, /API/V1/tasks",
    "GET, //api/v1/tasks",
    "GET, /api/v1/tasks/../audit"
  })
  void denies_what_is_not_listed(String method, String path) {
    assertThat(EndpointScopes.needed(HttpMethod.valueOf(method), PathContainer.parsePath(path)))
        .isEmpty();
    assertThat(EndpointScopes.isOpen(HttpMethod.valueOf(method), PathContainer.parsePath(path)))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "HEAD, /",
    "GET, /pools/a%2Fb",
    "GET, /tasks/abc",
    "GET, /experiments/us%20rolling",
    "GET, /assets/pages/task.js",
    "GET, /webjars/lit-html/directives/repeat.js",
    "GET, /webjars/echarts/dist/echarts.min.js"
  })
  void the_console_is_open_and_holds_no_data(String method, String path) {
    PathContainer parsed = PathContainer.parsePath(path);
    assertThat(EndpointScopes.isOpen(HttpMethod.valueOf(method), parsed)).isTrue();
    assertThat(EndpointScopes.isPage(HttpMethod.valueOf(method), parsed)).isTrue();
    assertThat(EndpointScopes.isOpen(HttpMethod.POST, parsed)).isFalse();
  }

  @Test
  void nothing_of_the_api_is_a_page() {
    assertThat(EndpointScopes.listed())
        .filteredOn(listed -> listed.contains(" /api/"))
        .isNotEmpty()
        .noneMatch(
            listed -> {
              String[] parts = listed.split(" ", 2);
              return EndpointScopes.isPage(
                  HttpMethod.valueOf(parts[0]),
                  PathContainer.parsePath(parts[1].replaceAll("\\{[*a-z]+}", "x")));
            });
  }

  @Test
  void no_reader_changes_anything_and_no_submitter_removes() {
    for (String listed : EndpointScopes.listed()) {
      String[] parts = listed.split(" ", 2);
      EndpointScopes.Rule rule =
          EndpointScopes.rule(
                  HttpMethod.valueOf(parts[0]),
                  PathContainer.parsePath(parts[1].replaceAll("\\{[*a-z]+}", "x")))
              .orElseThrow();
      if (rule.scope() == null) {
        assertThat(listed).matches("GET /[^a].*|GET /(assets/.*)?|[A-Z]+ /api/v1/session");
        assertThat(rule.change()).as(listed).isFalse();
        continue;
      }
      if (rule.change()) {
        assertThat(rule.scope()).as(listed).isGreaterThan(Scope.READ);
      }
      if (listed.toLowerCase(Locale.ROOT).matches("delete .*|.*/(remove|cancel|replay)")) {
        assertThat(rule.scope()).as(listed).isGreaterThan(Scope.SUBMIT);
        assertThat(rule.change()).as(listed).isTrue();
      }
      if (parts[0].equals("GET")) {
        assertThat(rule.change()).as(listed).isFalse();
      }
    }
  }

  @Test
  void a_scope_includes_those_before_it() {
    assertThat(Scope.ADMIN.includes(Scope.READ)).isTrue();
    assertThat(Scope.OPERATE.includes(Scope.OPERATE)).isTrue();
    assertThat(Scope.SUBMIT.includes(Scope.OPERATE)).isFalse();
  }
}
