package io.windrow.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.coordinator.Guarded.Reply;
import io.windrow.embedded.EmbeddedBroker;
import io.windrow.embedded.EmbeddedStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that serves HTTPS by configuration alone. */
class TlsIT {
  private static final String ROOT = "the-root-token-0123456789abcdefghijkl";
  private static final String PASSWORD = "of-this-test";

  @TempDir Path folder;

  @Test
  void serves_https_with_a_certificate_from_the_configuration() throws Exception {
    Path keys = certificate();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        EmbeddedStore store = EmbeddedStore.inMemory();
        Guarded secure =
            new Guarded(
                CoordinatorApplication.start(
                    "--server.port=0",
                    "--spring.mongodb.uri=" + store.uri(),
                    "--spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                    "--windrow.security.mode=tokens",
                    "--windrow.security.bootstrap-token=" + ROOT,
                    "--spring.ssl.bundle.jks.web.keystore.location=file:" + keys,
                    "--spring.ssl.bundle.jks.web.keystore.password=" + PASSWORD,
                    "--server.ssl.bundle=web"),
                trusting(keys))) {
      Reply reply = secure.get("/api/v1/tasks", ROOT);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Strict-Transport-Security")).startsWith("max-age=31536000");
      assertThat(secure.get("/api/v1/tasks", null).status()).isEqualTo(401);
      assertThat(secure.post("/api/v1/session", null, Map.of("token", ROOT)).header("Set-Cookie"))
          .contains("; Secure");

      Guarded distrustful = new Guarded(secure.context(), SSLContext.getDefault());
      assertThatThrownBy(() -> distrustful.get("/api/v1/tasks", ROOT))
          .rootCause()
          .isInstanceOf(GeneralSecurityException.class);
      Guarded inTheClear = new Guarded(secure.context());
      assertThatThrownBy(() -> inTheClear.get("/api/v1/tasks", ROOT))
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  /** Signed by itself, for 127.0.0.1. */
  private Path certificate() throws IOException, InterruptedException {
    Path keys = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "web",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
    return keys;
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("web", own.getCertificate("web"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
