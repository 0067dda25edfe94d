package io.windrow.worker.execute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.reference.ArtifactSource.Artifact;
import io.windrow.quant.reference.Reference;
import io.windrow.task.FailureKind;
import io.windrow.task.Outcome;
import io.windrow.worker.ScriptedStore;
import io.windrow.worker.commit.StoreRetry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredArtifactsTest {
  private static final String TASK = "0123456789abcdef".repeat(4);
  private static final String RECORDER = "0123456789abcdef-7";
  private static final List<String> MODELS = List.of("model.txt", "model.json");

  private final ScriptedStore store = new ScriptedStore(ScriptedStore.running(TASK, Map.of()));
  private final StoredArtifacts artifacts =
      new StoredArtifacts(store.pool(), store, StoreRetry.within(Duration.ofSeconds(1)));

  @Test
  void aTasksModelIsThatOfItsOutcome() {
    commit();
    store.put(RECORDER, "model.json", "{}".getBytes(UTF_8)).block();

    Artifact read = read("<recorder:" + TASK + ">");

    assertThat(read.place()).isEqualTo(RECORDER + "/model.json");
    assertThat(new String(read.bytes(), UTF_8)).isEqualTo("{}");
  }

  @Test
  void aRecorderAndAPathAreTakenAtTheirWord() {
    store.put(RECORDER, "model.txt", "a".getBytes(UTF_8)).block();
    store.put(RECORDER, "old/model.txt", "b".getBytes(UTF_8)).block();

    assertThat(read("<recorder:" + RECORDER + "/old/model.txt>").bytes()).containsExactly('b');
    assertThat(read("<recorder:" + RECORDER + ">").bytes()).containsExactly('a');
  }

  @Test
  void aTaskWithoutOutcomeIsNotRead() {
    store.put(RECORDER, "model.txt", "a".getBytes(UTF_8)).block();

    assertThatThrownBy(() -> read("<recorder:" + TASK + ">"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("model: task " + TASK + " is running and has no result: run it");
  }

  @Test
  void whatIsMissingIsNamedAndFailsTheTaskForGood() {
    store.put(RECORDER, "pred.arrow", new byte[1]).block();

    assertThatThrownBy(() -> read("<recorder:" + RECORDER + ">"))
        .hasMessage(
            "model: recorder %s has no model.txt or model.json; it has pred.arrow. Run its task again, or name another recorder",
            RECORDER)
        .satisfies(
            error -> {
              Outcome.Failed failed = new FailureClassifier().classify(error);
              assertThat(failed.kind()).isEqualTo(FailureKind.FATAL);
            });
    assertThatThrownBy(() -> read("<recorder:0123456789abcdef-8/model.txt>"))
        .hasMessageContaining("has no artifacts");
  }

  @Test
  void theSizeIsBounded() {
    StoredArtifacts small =
        new StoredArtifacts(store.pool(), store, StoreRetry.within(Duration.ofSeconds(1)), 3);
    store.put(RECORDER, "model.txt", new byte[4]).block();

    assertThatThrownBy(
            () -> small.read(Reference.parse("<recorder:" + RECORDER + ">"), "model", MODELS))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("has 4 bytes, at most 3 are read");
  }

  private Artifact read(String reference) {
    return artifacts.read(Reference.parse(reference), "model", MODELS);
  }

  private void commit() {
    store.pool().commit(store.claim(), new Outcome.Succeeded(Map.of())).block();
  }
}
