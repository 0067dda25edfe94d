package io.windrow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority of a test's own, in a folder, made with the JDK's keytool. */
final class TestAuthority {
  static final String PASSWORD = "of-the-key-stores";
  static final String SERVER = "server";

  private static final String SELF = "ca";

  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  static TestAuthority in(Path folder) throws IOException, InterruptedException {
    TestAuthority authority = new TestAuthority(Files.createDirectories(folder));
    authority.generate(SELF, "-ext", "bc:critical=ca:true");
    authority.keytool(
        SELF, SELF, "-exportcert", "-rfc", "-file", authority.certificate().toString());
    return authority;
  }

  /** Its own certificate (PEM), which clients are to trust. */
  Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** A key store with the key {@value #SERVER} and its certificate, good for 127.0.0.1 only. */
  Path server() throws IOException, InterruptedException {
    String request = folder.resolve("server.csr").toString();
    String signed = folder.resolve("server.pem").toString();
    generate(SERVER);
    keytool(SERVER, SERVER, "-certreq", "-file", request);
    keytool(
        SELF,
        SELF,
        "-gencert",
        "-ext",
        "san=ip:127.0.0.1",
        "-infile",
        request,
        "-outfile",
        signed,
        "-rfc");
    keytool(SERVER, SELF, "-importcert", "-noprompt", "-file", certificate().toString());
    keytool(SERVER, SERVER, "-importcert", "-file", signed);
    return store(SERVER);
  }

  private Path store(String alias) {
    return folder.resolve(alias + ".p12");
  }

  private void generate(String alias, String... more) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-dname",
                "CN=" + alias + " of " + folder.getFileName()));
    words.addAll(List.of(more));
    keytool(alias, alias, words.toArray(String[]::new));
  }

  private void keytool(String store, String alias, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(List.of("-alias", alias, "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store(store).toString(), "-storepass", PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(keytool.waitFor()).as(() -> words[0] + ": " + read(log)).isZero();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
