package io.windrow.cli.terminal;

import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON, written as YAML. */
final class Yaml {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int WIDE = 4096;

  private Yaml() {}

  static String text(JsonNode value) {
    DumpSettings settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(WIDE).build();
    return new Dump(settings).dumpToString(JSON.convertValue(value, Object.class));
  }
}
