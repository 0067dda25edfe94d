package io.windrow.collector.gather;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.collector.ensemble.Results;
import io.windrow.collector.ensemble.Results.One;
import io.windrow.collector.ensemble.SingleKeyEnsemble;
import io.windrow.experiment.ArtifactStore;
import io.windrow.experiment.Recorder;
import io.windrow.experiment.Recorder.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class CollectorsTest {
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<Recorder> recorders = new ArrayList<>();

  @Test
  void collectsFinishedRecordersByTheirIds() {
    recorder("a", Status.FINISHED, "1");
    recorder("b", Status.FAILED, "2");
    recorder("c", Status.RUNNING, "3");
    recorder("d", Status.FINISHED, "4");

    assertThat(call(collector())).isEqualTo(Map.of("pred", results("a", "1", "d", "4")));
    assertThat(call(collector()).get("pred").flat().keySet()).containsExactly("a", "d");
  }

  @Test
  void keysAndFiltersAndCollectsOtherStatuses() {
    recorder("a", Status.FINISHED, "1");
    recorder("b", Status.FAILED, "2");
    recorder("c", Status.FAILED, "3");
    RecorderCollector<String> all =
        new RecorderCollector<>(
            Flux.fromIterable(recorders),
            store(),
            Map.of("p", "pred.arrow"),
            bytes -> new String(bytes, UTF_8),
            recorder -> List.of(recorder.id(), "x"),
            recorder -> !recorder.id().equals("c"),
            Set.of(Status.FAILED, Status.FINISHED),
            true,
            List.of());

    assertThat(call(all).get("p").flat())
        .isEqualTo(Map.of(List.of("a", "x"), "1", List.of("b", "x"), "2"));
  }

  /** The store lists the newest first, as MLflow does for Qlib. */
  @Test
  void takesTheOldestOfTwoWithTheSameKey() {
    recorder("newer", Status.FINISHED, "new");
    recorder("older", Status.FINISHED, "old");

    assertThat(call(collector().keyedBy(recorder -> "k")).get("pred").flat())
        .containsExactly(Map.entry("k", "old"));
  }

  @Test
  void passesOverWhoLacksAnArtifactUnlessItIsNeeded() {
    recorder("a", Status.FINISHED, "1");
    recorders.add(recorder("b", Status.FINISHED));
    recorder("c", Status.FINISHED, "damaged");
    RecorderCollector<String> lenient = collector();

    assertThat(call(lenient)).isEqualTo(Map.of("pred", results("a", "1")));

    RecorderCollector<String> strict =
        new RecorderCollector<>(
            lenient.recorders(),
            store(),
            lenient.artifacts(),
            lenient.decoder(),
            Recorder::id,
            recorder -> true,
            lenient.statuses(),
            false,
            List.of());
    // Artifacts are read side by side, so either of the two may be told first.
    assertThatThrownBy(() -> call(strict)).isInstanceOf(MissingArtifactException.class);
    assertThatThrownBy(() -> call(strict.filteredBy(recorder -> recorder.id().equals("b"))))
        .hasMessageContaining("recorder b has no pred.arrow");
    assertThatThrownBy(() -> call(strict.filteredBy(recorder -> recorder.id().equals("c"))))
        .hasMessageContaining("recorder c has a damaged pred.arrow");
  }

  @Test
  void leavesOutAnArtifactThatNobodyHas() {
    recorders.add(recorder("b", Status.FINISHED));

    assertThat(call(collector())).isEmpty();
    assertThat(Objects.requireNonNull(collector().byKey().block()).keySet()).containsExactly("b");
  }

  @Test
  void handsEachArtifactThroughTheProcessesAndKeepsItsKey() {
    recorder("a", Status.FINISHED, "1");

    assertThat(call(collector().processedBy(List.of(new SingleKeyEnsemble<>(true), this::twice))))
        .isEqualTo(Map.of("pred", new One<>("11")));
  }

  @Test
  void mergesCollectorsUnderTuplesOrKeysOfOnesOwn() {
    recorder("a", Status.FINISHED, "1");
    Map<String, Collector<String>> two = new LinkedHashMap<>();
    two.put("x", collector());
    two.put("y", collector().processedBy(List.of(new SingleKeyEnsemble<>(true))));

    assertThat(call(new MergeCollector<>(two)))
        .isEqualTo(
            Map.of(List.of("x", "pred"), results("a", "1"), List.of("y", "pred"), new One<>("1")));
    assertThat(
            call(
                new MergeCollector<>(
                    two, (name, key) -> name + "/" + key, List.of(new SingleKeyEnsemble<>(true)))))
        .isEqualTo(Map.of("x/pred", new One<>("1"), "y/pred", new One<>("1")));
  }

  private Results<String> twice(Results<String> results) {
    String value = Objects.requireNonNull(results.flat().get(List.of()));
    return new One<>(value + value);
  }

  private RecorderCollector<String> collector() {
    return new RecorderCollector<>(
        Flux.fromIterable(recorders),
        store(),
        Map.of("pred", "pred.arrow"),
        CollectorsTest::text,
        Recorder::id,
        recorder -> true,
        Set.of(Status.FINISHED),
        true,
        List.of());
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    if (text.equals("damaged")) {
      throw new IllegalStateException(text);
    }
    return text;
  }

  private static Map<Object, Results<String>> call(Collector<String> collector) {
    return Objects.requireNonNull(collector.call().block());
  }

  private static Results<String> results(String... keysAndValues) {
    Map<Object, String> values = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return Results.of(values);
  }

  private void recorder(String id, Status status, String predictions) {
    files.put(id + "/pred.arrow", predictions.getBytes(UTF_8));
    recorders.add(recorder(id, status));
  }

  private static Recorder recorder(String id, Status status) {
    return new Recorder(
        id, "e", "t", 1, status, Map.of(), Map.of(), Map.of(), Instant.EPOCH, null, null);
  }

  private ArtifactStore store() {
    return new ArtifactStore() {
      @Override
      public Mono<Artifact> put(String recorder, String path, byte[] bytes) {
        throw new UnsupportedOperationException("a collector writes nothing");
      }

      @Override
      public Mono<byte[]> get(String recorder, String path) {
        return Mono.justOrEmpty(files.get(recorder + "/" + path));
      }

      @Override
      public Flux<Artifact> list(String recorder) {
        throw new UnsupportedOperationException("a collector lists no artifacts");
      }

      @Override
      public Mono<Void> delete(String recorder) {
        throw new UnsupportedOperationException("a collector deletes nothing");
      }
    };
  }
}
