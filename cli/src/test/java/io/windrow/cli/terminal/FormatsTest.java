package io.windrow.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FormatsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void csv_has_a_line_each_and_a_column_for_every_name() {
    assertThat(
            Csv.text(
                json(
                    "[{'id':'a','n':{'x':1,'y':null},'l':[1,2]},{'id':'b,\\\\'c','more':true}]"
                        .replace("\\\\'", "\\\""))))
        .isEqualTo("id,n.x,n.y,l,more\na,1,,\"[1,2]\",\n\"b,\"\"c\",,,,true\n");
    assertThat(Csv.text(json("{'a':1.5}"))).isEqualTo("a\n1.5\n");
    assertThat(Csv.text(json("[1,'x']"))).isEqualTo("value\n1\nx\n");
    assertThat(Csv.text(json("[]"))).isEmpty();
  }

  @Test
  void yaml_keeps_texts_that_look_like_something_else() {
    assertThat(Yaml.text(json("{'a':[{'b':1},{'b':null}],'c':'1','d':'true','e':[]}")))
        .isEqualTo("a:\n- b: 1\n- b: null\nc: '1'\nd: 'true'\ne: []\n");
  }
}
