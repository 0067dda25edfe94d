package io.windrow.cli.manage;

import io.windrow.cli.client.CoordinatorClient;
import io.windrow.cli.terminal.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A task that is ours while its lease is renewed.
 *
 * @param whole as the coordinator gave it
 */
record FetchedTask(JsonNode whole) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  FetchedTask {
    if (!whole.path("id").isString()
        || !whole.path("version").isIntegralNumber()
        || !whole.path("claim").isString()) {
      throw new UserError("that is not what 'windrow task fetch' printed: id, version and claim");
    }
  }

  /** From what {@code windrow task fetch} printed. */
  static FetchedTask parse(String json) {
    try {
      return new FetchedTask(JSON.readTree(json));
    } catch (JacksonException e) {
      throw new UserError(
          "that is not what 'windrow task fetch' printed: no JSON ("
              + e.getOriginalMessage()
              + ")");
    }
  }

  String id() {
    return whole.path("id").asString();
  }

  Duration lease() {
    return Duration.ofMillis((long) (1000 * whole.path("lease").asDouble()));
  }

  /** Shows the claim and says what came of it. */
  JsonNode report(CoordinatorClient client, String action, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("version", whole.path("version").asLong());
    body.put("claim", whole.path("claim").asString());
    return client.work(id(), action, body);
  }
}
