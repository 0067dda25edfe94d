package io.windrow.cli.client;

import io.windrow.cli.context.Context;
import io.windrow.cli.context.CurrentContext;
import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Whom to trust over https: {@code --ca-file}, else {@code WINDROW_CA_FILE}, else the context's
 * file, else the authorities of the Java runtime.
 */
final class TrustOption {
  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "A file with the certificates (PEM) of the authorities to trust over https (default:"
              + " WINDROW_CA_FILE, the context's, or those of the Java runtime).")
  private @Nullable String file;

  TrustOption() {}

  /**
   * What was given; null if nothing was.
   *
   * @throws UserError if the file cannot be read, or has no certificates
   */
  @Nullable SSLContext trust(CurrentContext context) {
    String path = context.setting(file, "WINDROW_CA_FILE", Context::caFile);
    return path == null || path.isEmpty() ? null : trusting(Path.of(path));
  }

  private static SSLContext trusting(Path file) {
    try {
      Collection<? extends Certificate> authorities = certificates(file);
      if (authorities.isEmpty()) {
        throw new UserError("the file of authorities " + file + " has no certificates (PEM)");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate each : authorities) {
        trusted.setCertificateEntry("ca-" + trusted.size(), each);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UserError("the file of authorities " + file + " cannot be read: " + e.getMessage());
    } catch (CertificateException e) {
      throw new UserError("the file of authorities " + file + " must hold certificates (PEM)");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has TLS", e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, CertificateException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }
}
