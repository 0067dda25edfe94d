package io.windrow.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** Serves its public key over loopback and signs tokens with the private one. */
final class IdentityProvider implements AutoCloseable {
  static final String AUDIENCE = "windrow";

  private final HttpServer server;
  private final RSAKey key;

  private IdentityProvider(HttpServer server, RSAKey key) {
    this.server = server;
    this.key = key;
  }

  static IdentityProvider start() throws IOException, JOSEException {
    RSAKey key = newKey();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
    return new IdentityProvider(server, key);
  }

  static RSAKey newKey() throws JOSEException {
    return new RSAKeyGenerator(2048).keyID("one").generate();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String keys() {
    return issuer() + "/keys";
  }

  /** Good for this cluster for an hour. */
  String token(String subject, String scope) throws JOSEException {
    return sign(key, claims(subject, scope).build());
  }

  JWTClaimsSet.Builder claims(String subject, String scope) {
    return new JWTClaimsSet.Builder()
        .subject(subject)
        .issuer(issuer())
        .audience(AUDIENCE)
        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
        .claim("scope", scope);
  }

  String sign(JWTClaimsSet claims) throws JOSEException {
    return sign(key, claims);
  }

  static String sign(RSAKey with, JWTClaimsSet claims) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(), claims);
    jwt.sign(new RSASSASigner(with));
    return jwt.serialize();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
