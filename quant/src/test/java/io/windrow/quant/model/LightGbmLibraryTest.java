package io.windrow.quant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.Platform;
import com.sun.jna.ptr.LongByReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LightGbmLibraryTest {

  @Test
  void knowsEveryParameterOfTheLibrary() {
    Map<String, String> expected = new TreeMap<>();
    try (Memory out = new Memory(1 << 20)) {
      NativeBooster.check(
          LightGbmLibrary.api().LGBM_DumpParamAliases(out.size(), new LongByReference(), out));
      JsonNode parameters = JsonMapper.shared().readTree(out.getString(0));
      parameters
          .properties()
          .forEach(
              parameter -> {
                expected.put(parameter.getKey(), parameter.getKey());
                parameter
                    .getValue()
                    .forEach(alias -> expected.put(alias.stringValue(), parameter.getKey()));
              });
    }

    assertThat(LightGbmNames.all()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, canonical) -> assertThat(LightGbmNames.canonical(name)).contains(canonical));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void idleThreadsSleepUnlessTheUserSaysOtherwise() {
    assertThat(LightGbmLibrary.api()).isNotNull();

    String policy =
        Function.getFunction(Platform.C_LIBRARY_NAME, "getenv")
            .invokeString(new Object[] {"OMP_WAIT_POLICY"}, false);
    String chosen = System.getenv("OMP_WAIT_POLICY");
    assertThat(policy).isEqualTo(chosen == null ? "passive" : chosen);
  }

  @Test
  void namesTheLibraryOfEachPlatform() {
    assertThat(LightGbmLibrary.FILE.resource("Linux", "amd64"))
        .isEqualTo("lightgbm4j/linux/x86_64/lib_lightgbm.so");
    assertThat(LightGbmLibrary.FILE.resource("Mac OS X", "aarch64"))
        .isEqualTo("lightgbm4j/osx/aarch64/lib_lightgbm.dylib");
    assertThat(LightGbmLibrary.FILE.resource("Windows 11", "amd64"))
        .isEqualTo("lightgbm4j/windows/x86_64/lib_lightgbm.dll");
    assertThatThrownBy(() -> LightGbmLibrary.FILE.resource("Linux", "riscv64"))
        .hasMessageContaining("there is no LightGBM for Linux on riscv64");
  }

  @Test
  void saysWhatToInstall() {
    assertThat(
            LightGbmLibrary.FILE.explain(
                "libgomp.so.1: cannot open shared object file", Path.of("/tmp/w")))
        .contains("apt-get install libgomp1");
    assertThat(
            LightGbmLibrary.FILE.explain(
                "failed to map segment from shared object", Path.of("/a/b")))
        .contains("/a")
        .contains("java.io.tmpdir");
  }
}
