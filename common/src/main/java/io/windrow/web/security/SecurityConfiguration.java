package io.windrow.web.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.windrow.store.WindrowStore;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;

/** What stands before the API of a role. The role gives the store, the clock and the meters. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityConfiguration {
  private static final Logger log = LoggerFactory.getLogger(SecurityConfiguration.class);

  @Bean
  Tokens tokens(WindrowStore store, Clock clock) {
    return new Tokens(store.database(), clock);
  }

  @Bean
  TokenCheck tokenCheck(Tokens tokens, SecurityProperties settings, Clock clock) {
    return new TokenCheck(tokens, settings.bootstrapHash(), settings.tokenCache(), clock);
  }

  @Bean
  TokenAdministration tokenAdministration(Tokens tokens, TokenCheck check) {
    return new TokenAdministration(tokens, check);
  }

  @Bean
  AuditLog auditLog(WindrowStore store, SecurityProperties settings, Clock clock) {
    return new AuditLog(store.database(), settings.auditKept(), clock);
  }

  @Bean
  CallerLimits callerLimits(SecurityProperties settings, MeterRegistry meters) {
    return new CallerLimits(new RateLimits(settings.rate(), settings.burst()), meters);
  }

  @Bean
  Authentications authentications(
      TokenCheck tokenCheck, SecurityProperties settings, CallerLimits limits) {
    JwtCheck jwts = settings.jwt().enabled() ? JwtCheck.of(settings.jwt()) : null;
    return new Authentications(tokenCheck, jwts, limits);
  }

  /** A meter and a span for each part of the chain tell nothing that a request's own do not. */
  @Bean
  SecurityObservationSettings unobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /**
   * Spring's own would refuse addresses with an escaped slash, which names of experiments and
   * artifacts may have. Nothing is lost: rules and handlers read an address in the same way.
   */
  @Bean
  ServerWebExchangeFirewall anyAddress() {
    return ServerWebExchangeFirewall.INSECURE_NOOP;
  }

  @Bean
  SecurityWebFilterChain securityFilters(
      ServerHttpSecurity http,
      Authentications authentications,
      ObjectProvider<Sessions> sessions,
      CallerLimits callerLimits,
      Tokens tokens,
      AuditLog audit,
      SecurityProperties settings,
      Environment environment,
      MeterRegistry meters,
      Clock clock) {
    SecurityMode mode = SecurityMode.of(environment);
    Gate gate = new Gate(environment);
    String role = environment.getProperty("spring.application.name", "").replace("windrow-", "");
    AnswerHeaders.set(http);
    http.csrf(ServerHttpSecurity.CsrfSpec::disable)
        .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
        .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .addFilterBefore(
            new RateLimitFilter(callerLimits, gate), SecurityWebFiltersOrder.AUTHORIZATION)
        .addFilterAfter(
            new AuditFilter(audit, role, clock, meters), SecurityWebFiltersOrder.AUTHORIZATION);
    if (mode == SecurityMode.OFF) {
      http.addFilterBefore(new LoopbackOnlyFilter(), SecurityWebFiltersOrder.AUTHENTICATION)
          .authorizeExchange(all -> all.anyExchange().permitAll());
    } else {
      warnIfNobodyMayEnter(tokens, settings);
      sessions.ifAvailable(
          any -> http.addFilterBefore(new SessionFilter(), SecurityWebFiltersOrder.AUTHENTICATION));
      http.addFilterAt(authentications.filter(), SecurityWebFiltersOrder.AUTHENTICATION)
          .authorizeExchange(all -> all.anyExchange().access(gate))
          .exceptionHandling(
              errors ->
                  errors
                      .authenticationEntryPoint(
                          (exchange, failure) -> ProblemAnswers.noToken(exchange))
                      .accessDeniedHandler(
                          (exchange, denied) ->
                              Caller.current()
                                  .flatMap(
                                      caller ->
                                          ProblemAnswers.forbidden(
                                              exchange,
                                              caller,
                                              gate.needed(exchange.getRequest())))));
    }
    log.atInfo()
        .addKeyValue("mode", mode)
        .addKeyValue("jwt", settings.jwt().enabled())
        .log("security of the API");
    return http.build();
  }

  private static void warnIfNobodyMayEnter(Tokens tokens, SecurityProperties settings) {
    if (settings.bootstrapHash().length == 0 && !settings.jwt().enabled()) {
      tokens
          .anyAdmin()
          .filter(any -> !any)
          .subscribe(
              none ->
                  log.warn(
                      "nobody may administer this cluster: set windrow.security.bootstrap-token for"
                          + " a first token, or windrow.security.jwt.issuer-uri"),
              e -> log.atDebug().addKeyValue("error", e.toString()).log("tokens were not counted"));
    }
  }
}
