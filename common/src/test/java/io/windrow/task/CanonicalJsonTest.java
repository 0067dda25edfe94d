package io.windrow.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void keys_are_sorted_at_every_depth_and_lists_keep_their_order() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("z", 1);
    inner.put("a", Arrays.asList("y", null, "x"));
    Map<String, Object> outer = new LinkedHashMap<>();
    outer.put("b", inner);
    outer.put("B", true);

    assertThat(CanonicalJson.write(outer))
        .isEqualTo("{\"B\":true,\"b\":{\"a\":[\"y\",null,\"x\"],\"z\":1}}");
  }

  @Test
  void one_number_has_one_spelling() {
    assertThat(CanonicalJson.write(List.of(5, 5L, 5.0, 5f, -0.0))).isEqualTo("[5,5,5,5,0]");
    assertThat(CanonicalJson.write(List.of(0.1, 1e-7, 1e300, Long.MAX_VALUE)))
        .isEqualTo("[0.1,1.0E-7,1.0E300,9223372036854775807]");
  }

  @Test
  void a_date_is_its_iso_text() {
    assertThat(CanonicalJson.write(LocalDate.of(2026, 1, 5))).isEqualTo("\"2026-01-05\"");
  }

  @Test
  void what_json_has_no_word_for_is_refused() {
    for (Object value : List.of(Double.NaN, Double.POSITIVE_INFINITY, new Object())) {
      assertThatThrownBy(() -> CanonicalJson.write(Map.of("x", value)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_copy_is_deep_keeps_order_and_cannot_be_changed() {
    List<Object> list = new ArrayList<>(List.of(1));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", list);
    map.put("a", null);

    Map<String, Object> copy = CanonicalJson.copy(map);
    list.add(2);
    map.put("new", 3);

    Map<String, Object> expected = new HashMap<>();
    expected.put("z", List.of(1L));
    expected.put("a", null);
    assertThat(copy).isEqualTo(expected);
    assertThat(copy.keySet()).containsExactly("z", "a");
    assertThatThrownBy(() -> copy.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
  }
}
