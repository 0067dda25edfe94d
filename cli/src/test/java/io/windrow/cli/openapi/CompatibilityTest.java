package io.windrow.cli.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompatibilityTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String BEFORE =
      """
      {"paths": {"/tasks/{id}": {"post": {
        "parameters": [
          {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
          {"name": "limit", "in": "query", "required": false, "schema": {"type": "integer"}}],
        "requestBody": {"content": {"application/json": {"schema": {
          "type": "object", "properties": {"force": {"type": "boolean"}}, "required": []}}}},
        "responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Task"}}}}}}}},
       "components": {"schemas": {"Task": {"type": "object", "properties": {
         "state": {"type": "string", "enum": ["done", "failed"]},
         "count": {"type": "integer"},
         "next": {"$ref": "#/components/schemas/Task"},
         "marks": {"type": "array", "items": {"type": "number"}}}}}}}
      """;

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  private static void assertBreaks(String from, String to, String words) {
    assertThat(BEFORE).contains(from);
    assertThat(Compatibility.breaks(json(BEFORE), json(BEFORE.replace(from, to))))
        .hasSize(1)
        .first()
        .asString()
        .contains(words);
  }

  @Test
  void the_same_breaks_nothing() {
    assertThat(Compatibility.breaks(json(BEFORE), json(BEFORE))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`/tasks/{id}`|/task/{id}|post /tasks/{id} is gone",
        "\"post\"|\"put\"|is gone",
        "`\"name\": \"limit\"`|`\"name\": \"most\"`|query limit is gone",
        "`\"required\": false, \"schema\": {\"type\": \"integer\"}`|`\"required\": true, \"schema\": {\"type\": \"integer\"}`|query limit must be given now",
        "`\"required\": false, \"schema\": {\"type\": \"integer\"}`|`\"required\": false, \"schema\": {\"type\": \"boolean\"}`|was [integer] and is [boolean]",
        "`\"required\": []`|`\"required\": [\"force\"]`|[force] must be given now",
        "`\"200\"`|`\"201\"`|response 200 is gone",
        "`\"count\": {\"type\": \"integer\"}`|`\"count\": {\"type\": \"string\"}`|.count was [integer] and is [string]",
        "`\"count\": {`|`\"counts\": {`|.count is gone",
        "`[\"done\", \"failed\"]`|`[\"done\"]`|is no more one of [failed]",
        "`\"items\": {\"type\": \"number\"}`|`\"items\": {\"type\": \"string\"}`|was [number] and is [string]"
      })
  void what_breaks_callers_is_found(String from, String to, String words) {
    assertBreaks(from, to, words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"count\": {`|`\"more\": {\"type\": \"string\"}, \"count\": {`",
        "`\"properties\": {\"force\"`|`\"properties\": {\"new\": {\"type\": \"string\"}, \"force\"`",
        "`{\"name\": \"limit\"`|`{\"name\": \"new\", \"in\": \"query\"}, {\"name\": \"limit\"`",
        "`[\"done\", \"failed\"]`|`[\"done\", \"failed\", \"lost\"]`"
      })
  void what_is_added_breaks_nobody(String from, String to) {
    assertThat(BEFORE).contains(from);
    assertThat(Compatibility.breaks(json(BEFORE), json(BEFORE.replace(from, to)))).isEmpty();
  }
}
