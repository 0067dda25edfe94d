package io.windrow.web.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.windrow.embedded.EmbeddedStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tokens in a store, and what they are believed. */
class TokensIT {
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration BELIEVED = Duration.ofMillis(300);

  private EmbeddedStore store;
  private MongoClient client;
  private MongoDatabase database;
  private Tokens tokens;

  @BeforeEach
  void start() {
    store = EmbeddedStore.inMemory();
    client = MongoClients.create(store.uri());
    database = client.getDatabase("windrow");
    tokens = new Tokens(database, at(NOW));
  }

  @AfterEach
  void stop() {
    client.close();
    store.close();
  }

  @Test
  void the_store_never_has_a_secret() {
    NewToken made = make(Scope.ADMIN, NOW.plusSeconds(10));
    Document stored = Mono.from(database.getCollection("tokens").find().first()).block();
    assertThat(stored).isNotNull();
    assertThat(stored.toJson())
        .contains(made.token().id())
        .doesNotContain(made.text())
        .doesNotContain(made.text().substring(17));
    assertThat(made.toString() + made.token()).doesNotContain(made.text().substring(17));
  }

  @Test
  void whose_it_is_and_until_when() {
    NewToken made = make(Scope.OPERATE, NOW.plusSeconds(10));
    TokenCheck check = check(NOW);
    assertThat(check.check(made.text()).block())
        .isEqualTo(
            new Caller("token", made.token().id(), "anna", Scope.OPERATE, NOW.plusSeconds(10)));
    assertThat(check(NOW.plusSeconds(9)).check(made.text()).block()).isNotNull();
    assertThatThrownBy(() -> check(NOW.plusSeconds(10)).check(made.text()).block())
        .isInstanceOf(TokenRefused.class)
        .hasMessageContaining("expired on 2026-03-01T12:00:10Z");
  }

  @Test
  void the_right_id_with_another_secret_lets_nobody_in() {
    NewToken made = make(Scope.READ, null);
    String other = make(Scope.READ, null).text();
    String mixed = made.text().substring(0, 17) + other.substring(17);
    assertThatThrownBy(() -> check(NOW).check(mixed).block())
        .isInstanceOf(TokenRefused.class)
        .hasMessageContaining("not known");
  }

  @Test
  void a_revoked_token_is_refused_once_the_store_is_asked_again() {
    NewToken made = make(Scope.READ, null);
    TokenCheck elsewhere = check(NOW);
    assertThat(elsewhere.check(made.text()).block()).isNotNull();
    TokenCheck here = check(NOW);
    assertThat(here.check(made.text()).block()).isNotNull();

    Token revoked = new TokenAdministration(tokens, here).revoke(made.token().id()).block();

    assertThat(revoked).isNotNull();
    assertThat(revoked.revokedAt()).isEqualTo(NOW);
    assertThatThrownBy(() -> here.check(made.text()).block()).isInstanceOf(TokenRefused.class);
    Awaitility.await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> elsewhere.check(made.text()).block())
                    .isInstanceOf(TokenRefused.class)
                    .hasMessageContaining("revoked"));
  }

  @Test
  void the_store_is_asked_once_for_many_requests() {
    NewToken made = make(Scope.READ, null);
    TokenCheck check = new TokenCheck(tokens, new byte[0], Duration.ofMinutes(1), at(NOW));
    assertThat(check.cheap(made.text())).isFalse();
    assertThat(check.check(made.text()).block()).isNotNull();
    assertThat(check.cheap(made.text())).isTrue();
    Awaitility.await().atMost(SOON).until(() -> listed().lastUsedAt() != null);
    Mono.from(database.getCollection("tokens").drop()).block();
    assertThat(check.check(made.text()).block()).isNotNull();
  }

  @Test
  void its_last_use_is_noted_about_once_a_minute() {
    NewToken made = make(Scope.READ, null);
    assertThat(listed().lastUsedAt()).isNull();
    TokenCheck check = check(NOW.plusSeconds(3));
    check.check(made.text()).block();
    Awaitility.await().atMost(SOON).until(() -> listed().lastUsedAt() != null);
    assertThat(listed().lastUsedAt()).isEqualTo(NOW.plusSeconds(3));
  }

  @Test
  void the_bootstrap_token_needs_no_store() {
    TokenCheck check =
        new TokenCheck(tokens, Hashes.sha256("secret-of-the-day"), BELIEVED, at(NOW));
    client.close();
    assertThat(check.check("secret-of-the-day").block())
        .isEqualTo(new Caller("token", "bootstrap", "bootstrap", Scope.ADMIN, null));
    assertThatThrownBy(() -> check.check("secret-of-the-da").block())
        .isInstanceOf(TokenRefused.class);
  }

  @Test
  void says_whether_anybody_may_administer() {
    assertThat(tokens.anyAdmin().block()).isFalse();
    make(Scope.OPERATE, null);
    make(Scope.ADMIN, NOW);
    assertThat(tokens.anyAdmin().block()).isFalse();
    NewToken admin = make(Scope.ADMIN, null);
    assertThat(tokens.anyAdmin().block()).isTrue();
    tokens.revoke(admin.token().id()).block();
    assertThat(tokens.anyAdmin().block()).isFalse();
    assertThat(tokens.revoke("nobody").block()).isNull();
  }

  @Test
  void a_token_that_ended_is_kept_for_a_month() {
    String good = make(Scope.READ, null).token().id();
    String expired = make(Scope.READ, NOW).token().id();
    String revoked = make(Scope.READ, NOW.plus(Duration.ofDays(90))).token().id();
    tokens.revoke(revoked).block();

    Instant end = NOW.plus(Tokens.KEPT);
    assertThat(new Tokens(database, at(end)).deleteEnded().block()).isZero();
    assertThat(ids()).containsExactlyInAnyOrder(good, expired, revoked);

    // Whoever comes first after it lets them go.
    new Tokens(database, at(end.plusMillis(1))).find("nobody").block();
    Awaitility.await().atMost(SOON).untilAsserted(() -> assertThat(ids()).containsExactly(good));
  }

  private List<String> ids() {
    List<String> ids = tokens.list().map(Token::id).collectList().block();
    assertThat(ids).isNotNull();
    return ids;
  }

  private NewToken make(Scope scope, @Nullable Instant expiresAt) {
    NewToken made = tokens.create("anna", List.of(scope), expiresAt, "test").block();
    assertThat(made).isNotNull();
    return made;
  }

  private Token listed() {
    Token only = Flux.from(tokens.list()).single().block();
    assertThat(only).isNotNull();
    return only;
  }

  private TokenCheck check(Instant now) {
    return new TokenCheck(tokens, new byte[0], BELIEVED, at(now));
  }

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
