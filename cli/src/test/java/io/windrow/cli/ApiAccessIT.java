package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.windrow.collector.CollectorApplication;
import io.windrow.coordinator.CoordinatorApplication;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.web.security.EndpointScopes;
import io.windrow.web.security.NewToken;
import io.windrow.web.security.Scope;
import io.windrow.web.security.TokenAdministration;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every endpoint of the roles with an API, by every kind of caller. The endpoints are read from the
 * handler mappings: one that is not in the table of scopes fails here.
 */
class ApiAccessIT {
  private static final String BOOTSTRAP = "a-bootstrap-token-of-some-length-1234567890";
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static EmbeddedStore store;
  private static IdentityProvider provider;
  private static ConfigurableApplicationContext coordinator;
  private static ConfigurableApplicationContext collector;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What came back. */
  private record Answer(int status, String type, String challenge, String text) {
    JsonNode json() {
      return JSON.readTree(text);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"));
    store = EmbeddedStore.inMemory();
    provider = IdentityProvider.start();
    String[] settings = {
      "--server.port=0",
      "--spring.mongodb.uri=" + store.uri(),
      "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
      "--windrow.security.mode=tokens",
      "--windrow.security.bootstrap-token=" + BOOTSTRAP,
      "--windrow.security.jwt.issuer-uri=" + provider.issuer(),
      "--windrow.security.jwt.jwk-set-uri=" + provider.keys(),
      "--windrow.security.jwt.audience=" + IdentityProvider.AUDIENCE,
      "--logging.level.org.springframework=ERROR"
    };
    collector = CollectorApplication.start(settings);
    List<String> knowing = new ArrayList<>(List.of(settings));
    knowing.add("--windrow.collector.url=" + root(collector));
    coordinator = CoordinatorApplication.start(knowing.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    collector.close();
    coordinator.close();
    provider.close();
    store.close();
    broker.close();
  }

  @Test
  void every_endpoint_lets_in_who_has_its_scope_and_nobody_else() throws Exception {
    Map<String, String> refused = new LinkedHashMap<>();
    refused.put("unknown", "wdr_aaaaaaaaaaaa_" + "A".repeat(43));
    refused.put("no token at all", "nonsense");
    refused.put("expired", token(Scope.ADMIN, Instant.now().minusSeconds(5)).text());
    NewToken revoked = token(Scope.ADMIN, null);
    administration().revoke(revoked.token().id()).block();
    refused.put("revoked", revoked.text());
    NewToken real = token(Scope.ADMIN, null);
    refused.put("another secret", real.text().substring(0, 17) + "A".repeat(43));
    Map<Scope, String> scopes = new LinkedHashMap<>();
    for (Scope scope : Scope.values()) {
      scopes.put(scope, token(scope, Instant.now().plusSeconds(3_600)).text());
    }
    String powerless = provider.token("anna", "openid profile");

    List<MappedEndpoint> all = endpoints();
    all.addAll(handedOn());
    assertThat(all).hasSizeGreaterThan(70);
    for (MappedEndpoint endpoint : all) {
      String path = path(endpoint);
      Answer without = send(endpoint, path, null);
      if (isOpen(endpoint, path)) {
        assertThat(without.status())
            .as("%s without a token: %s", endpoint, without.text())
            .isIn(200, 204, 400, 404);
        continue;
      }
      Scope needed = needed(endpoint, path).orElseThrow();
      assertThat(without.status()).as("%s without a token", endpoint).isEqualTo(401);
      assertThat(without.challenge()).as("%s", endpoint).isEqualTo("Bearer");
      assertThat(without.type()).as("%s", endpoint).isEqualTo("application/problem+json");
      for (Map.Entry<String, String> each : refused.entrySet()) {
        Answer answer = send(endpoint, path, each.getValue());
        assertThat(answer.status()).as("%s, %s", endpoint, each.getKey()).isEqualTo(401);
        assertThat(answer.challenge()).contains("error=\"invalid_token\"");
      }
      assertThat(send(endpoint, path, powerless).status())
          .as("%s with a scope of others", endpoint)
          .isEqualTo(403);
      for (Map.Entry<Scope, String> each : scopes.entrySet()) {
        Answer answer = send(endpoint, path, each.getValue());
        if (each.getKey().compareTo(needed) >= 0) {
          assertThat(answer.status())
              .as("%s with %s: %s", endpoint, each.getKey(), answer.text())
              .isNotIn(401, 403, 429, 500, 503);
        } else {
          assertThat(answer.status()).as("%s with %s", endpoint, each.getKey()).isEqualTo(403);
          assertThat(answer.type()).isEqualTo("application/problem+json");
          assertThat(answer.challenge()).contains("scope=\"" + needed.word() + "\"");
        }
      }
    }
  }

  @Test
  void every_endpoint_is_in_the_table_and_nothing_else_is() {
    List<String> mapped = new ArrayList<>();
    for (MappedEndpoint endpoint : endpoints()) {
      mapped.add(endpoint.toString());
      String path = path(endpoint);
      assertThat(isOpen(endpoint, path) || needed(endpoint, path).isPresent())
          .as("%s is in no rule of EndpointScopes, so nobody may call it", endpoint)
          .isTrue();
    }
    assertThat(EndpointScopes.listed()).doesNotHaveDuplicates();
    assertThat(EndpointScopes.listed()).as("rules without an endpoint").isSubsetOf(mapped);
  }

  @Test
  void what_is_not_in_the_table_is_denied_even_to_administrators() throws Exception {
    for (String path :
        List.of(
            "/api/v1/nothing",
            "/api/v2/tasks",
            "/tasks",
            "/favicon.ico",
            "/webjars/echarts/dist/echarts.js",
            "/webjars/echarts/5.3.1/dist/echarts.min.js",
            "/api/v1/tasks%2Fstat",
            "/api/v1//tasks")) {
      assertThat(get(coordinator, path, null).status()).as(path).isEqualTo(401);
      assertThat(get(coordinator, path, BOOTSTRAP).status()).as(path).isIn(403, 404);
    }
  }

  @Test
  void health_is_open_without_details_and_metrics_need_read() throws Exception {
    for (ConfigurableApplicationContext role : List.of(coordinator, collector)) {
      Answer health = get(role, "/actuator/health", null);
      assertThat(health.status()).isEqualTo(200);
      assertThat(health.text()).doesNotContain("components");
      assertThat(get(role, "/actuator/health/liveness", null).status()).isEqualTo(200);
      assertThat(get(role, "/actuator/health", BOOTSTRAP).text()).contains("components");
      assertThat(get(role, "/actuator/prometheus", null).status()).isEqualTo(401);
      assertThat(get(role, "/actuator/prometheus", token(Scope.READ, null).text()).text())
          .contains("windrow_http_limited");
    }
  }

  @Test
  void a_token_of_the_identity_provider_counts_by_its_scopes() throws Exception {
    String reader = provider.token("anna", "openid read");
    String list =
        provider.sign(provider.claims("berta", "").claim("scope", List.of("operate")).build());
    assertThat(get(coordinator, "/api/v1/tasks", reader).status()).isEqualTo(200);
    assertThat(get(collector, "/api/v1/experiments", reader).status()).isEqualTo(200);
    Answer denied = get(coordinator, "/api/v1/audit", reader);
    assertThat(denied.status()).isEqualTo(403);
    assertThat(denied.json().path("detail").asString()).contains("'admin'", "'anna'", "'read'");
    assertThat(get(coordinator, "/api/v1/tasks", list).status()).isEqualTo(200);
    assertThat(get(coordinator, "/api/v1/tokens", list).status()).isEqualTo(403);
  }

  @Test
  void a_token_that_the_identity_provider_did_not_mean_for_this_cluster_is_refused()
      throws Exception {
    JWTClaimsSet good = provider.claims("anna", "admin").build();
    Map<String, String> bad = new LinkedHashMap<>();
    bad.put("another key", IdentityProvider.sign(IdentityProvider.newKey(), good));
    bad.put(
        "another issuer",
        provider.sign(new JWTClaimsSet.Builder(good).issuer("http://127.0.0.1:1").build()));
    bad.put(
        "another audience",
        provider.sign(new JWTClaimsSet.Builder(good).audience("somebody").build()));
    bad.put(
        "expired",
        provider.sign(
            new JWTClaimsSet.Builder(good)
                .expirationTime(Date.from(Instant.now().minus(Duration.ofHours(1))))
                .build()));
    bad.put("no subject", provider.sign(new JWTClaimsSet.Builder(good).subject(null).build()));
    String[] parts = provider.sign(good).split("\\.", -1);
    bad.put("not signed", "eyJhbGciOiJub25lIn0." + parts[1] + ".");
    bad.put("cut short", parts[0] + "." + parts[1]);
    for (Map.Entry<String, String> each : bad.entrySet()) {
      Answer answer = get(coordinator, "/api/v1/tasks", each.getValue());
      assertThat(answer.status()).as(each.getKey()).isEqualTo(401);
      assertThat(answer.text()).as(each.getKey()).doesNotContain(parts[1]);
    }
    assertThat(get(coordinator, "/api/v1/tasks", provider.sign(good)).status()).isEqualTo(200);
  }

  @Test
  void a_token_of_the_identity_provider_begins_a_session_if_a_browser_can_keep_it()
      throws Exception {
    Answer begun = signIn(provider.token("anna", "openid operate"));
    assertThat(begun.status()).isEqualTo(200);
    assertThat(begun.json().path("name").asString()).isEqualTo("anna");
    assertThat(begun.json().path("scope").asString()).isEqualTo("operate");
    assertThat(Instant.parse(begun.json().path("expiresAt").asString())).isAfter(Instant.now());

    Answer tooLong =
        signIn(
            provider.sign(provider.claims("anna", "read").claim("x", "y".repeat(4_000)).build()));
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.text()).contains("characters: a browser keeps");
    Answer powerless = signIn(provider.token("anna", "openid profile"));
    assertThat(powerless.status()).isEqualTo(403);
    assertThat(powerless.text()).contains("'anna' has none of the scopes");
  }

  @Test
  void only_the_coordinator_takes_the_cookie_of_a_session() throws Exception {
    String token = token(Scope.READ, null).text();
    assertThat(getByCookie(coordinator, "/api/v1/tasks", token)).isEqualTo(200);
    assertThat(getByCookie(coordinator, "/api/v1/experiments", token)).isEqualTo(200);
    assertThat(getByCookie(collector, "/api/v1/experiments", token)).isEqualTo(401);
    assertThat(getByCookie(coordinator, "/actuator/prometheus", token)).isEqualTo(401);
    assertThat(getByCookie(coordinator, "/actuator/health", "nonsense")).isEqualTo(200);
  }

  private Answer signIn(String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root(coordinator) + "/api/v1/session"))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("token", token))))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    return new Answer(answer.statusCode(), "", "", answer.body());
  }

  private int getByCookie(ConfigurableApplicationContext role, String path, String token)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root(role) + path))
            .timeout(ANSWER)
            .header("Cookie", "windrow_session=" + token)
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  private static List<MappedEndpoint> endpoints() {
    List<MappedEndpoint> all = new ArrayList<>(MappedEndpoint.of(coordinator));
    all.addAll(MappedEndpoint.of(collector));
    all.removeIf(endpoint -> endpoint.pattern().startsWith("/actuator"));
    return all;
  }

  /** What the collector answers, asked of the coordinator. */
  private static List<MappedEndpoint> handedOn() {
    List<MappedEndpoint> all = new ArrayList<>();
    for (MappedEndpoint endpoint : MappedEndpoint.of(collector)) {
      if (endpoint.pattern().matches("/api/v1/(experiments|recorders|collections)(/.*)?")) {
        all.add(endpoint.at(root(coordinator)));
      }
    }
    assertThat(all).hasSizeGreaterThan(15);
    return all;
  }

  private static String root(ConfigurableApplicationContext role) {
    return "http://127.0.0.1:" + role.getEnvironment().getRequiredProperty("local.server.port");
  }

  private static Optional<Scope> needed(MappedEndpoint endpoint, String path) {
    return EndpointScopes.needed(
        HttpMethod.valueOf(endpoint.method()), PathContainer.parsePath(path));
  }

  private static boolean isOpen(MappedEndpoint endpoint, String path) {
    return EndpointScopes.isOpen(
        HttpMethod.valueOf(endpoint.method()), PathContainer.parsePath(path));
  }

  /** With a name that nothing has: a change must find nothing to change. */
  private static String path(MappedEndpoint endpoint) {
    return endpoint.pattern().replaceAll("\\{\\*[a-z]+}", "a/b").replaceAll("\\{[a-z]+}", "none");
  }

  private static TokenAdministration administration() {
    return coordinator.getBean(TokenAdministration.class);
  }

  private static NewToken token(Scope scope, @Nullable Instant expiresAt) {
    NewToken made = administration().create("of a test", List.of(scope), expiresAt, "test").block();
    assertThat(made).isNotNull();
    return made;
  }

  private Answer get(ConfigurableApplicationContext role, String path, @Nullable String token)
      throws Exception {
    return send("GET", root(role) + path, "", token);
  }

  private Answer send(MappedEndpoint endpoint, String path, @Nullable String token)
      throws Exception {
    String type = endpoint.types().isEmpty() ? "application/json" : endpoint.types().get(0);
    return send(endpoint.method(), endpoint.root() + path, type, token);
  }

  private Answer send(String method, String address, String type, @Nullable String token)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(ANSWER)
            .method(method, BodyPublishers.noBody());
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    String answered = response.headers().firstValue("Content-Type").orElse("");
    String challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
    try (InputStream in = response.body()) {
      String text =
          answered.startsWith("text/event-stream")
              ? ""
              : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(response.statusCode(), answered, challenge, text);
    }
  }
}
