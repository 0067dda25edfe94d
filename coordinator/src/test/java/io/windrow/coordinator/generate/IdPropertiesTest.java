package io.windrow.coordinator.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.task.TaskId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** A task's id depends on what the definition says, not on how it is written. */
class IdPropertiesTest {

  @Provide
  Arbitrary<Map<String, Object>> definitions() {
    Arbitrary<Object> leaf =
        Arbitraries.oneOf(
            Arbitraries.integers().map(i -> i),
            Arbitraries.doubles().between(-1e6, 1e6).map(d -> d),
            Arbitraries.strings().ofMaxLength(5).map(s -> s),
            Arbitraries.of(true, false).map(b -> b));
    Arbitrary<Object> value =
        Arbitraries.lazyOf(
            () -> leaf,
            () -> leaf,
            () -> leaf.list().ofMaxSize(3).map(list -> list),
            () -> maps(leaf).map(map -> map));
    return maps(Arbitraries.oneOf(value, maps(value).map(map -> map)));
  }

  private static Arbitrary<Map<String, Object>> maps(Arbitrary<Object> value) {
    return Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(3), value).ofMaxSize(5);
  }

  @Property
  void theOrderOfKeysDoesNotCount(
      @ForAll("definitions") Map<String, Object> definition, @ForAll long seed) {
    Map<String, Object> other = asMap(shuffled(definition, new Random(seed)));

    assertThat(other).isEqualTo(definition);
    assertThat(id(other)).isEqualTo(id(definition));
  }

  @Property
  void nothingElseThatIsSaidIsLost(
      @ForAll("definitions") Map<String, Object> one,
      @ForAll("definitions") Map<String, Object> two) {
    assertThat(id(one).equals(id(two)))
        .isEqualTo(TaskDefinition.of(one).equals(TaskDefinition.of(two)));
  }

  @Property
  void aChangeAndItsReturnGiveTheSameTask(
      @ForAll("definitions") Map<String, Object> definition, @ForAll int value) {
    TaskDefinition task = TaskDefinition.of(definition).with(List.of("model"), "before");

    TaskDefinition changed = task.with(List.of("model"), value);

    assertThat(id(changed.json())).isNotEqualTo(id(task.json()));
    assertThat(id(changed.with(List.of("model"), "before").json())).isEqualTo(id(task.json()));
  }

  private static String id(Map<String, Object> definition) {
    return TaskId.of("pool", "experiment", definition, null, List.of());
  }

  private static @Nullable Object shuffled(@Nullable Object value, Random random) {
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(shuffled(item, random)));
      return copy;
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    List<Object> keys = new ArrayList<>(map.keySet());
    Collections.shuffle(keys, random);
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    keys.forEach(key -> copy.put((String) key, shuffled(map.get(key), random)));
    return copy;
  }

  @SuppressWarnings("unchecked") // a shuffled map is one of strings, too
  private static Map<String, Object> asMap(@Nullable Object map) {
    return (Map<String, Object>) map;
  }
}
