package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.windrow.embedded.EmbeddedStore;
import io.windrow.task.Dependency;
import io.windrow.task.Dependency.On;
import io.windrow.task.NewTask;
import io.windrow.task.Stage;
import io.windrow.task.Task;
import io.windrow.task.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many documents the sweep over tasks that wait for others reads. */
class DependentsReadsIT {
  private static final int BLOCKED = 10_000;

  private final EmbeddedStore embedded = EmbeddedStore.inMemory();
  private final AtomicLong documents = new AtomicLong();
  private final AdvancingClock clock = new AdvancingClock();
  private final MongoClient client =
      MongoClients.create(
          MongoClientSettings.builder()
              .applyConnectionString(new ConnectionString(embedded.uri("reads")))
              .addCommandListener(new Reads(documents))
              .build());
  private final WindrowStore store =
      new WindrowStore(client, "reads", TaskPoolContract.SETTINGS, clock);

  @AfterEach
  void stop() {
    client.close();
    embedded.close();
  }

  @Test
  void a_sweep_reads_what_has_changed_since_the_last_one() {
    NewTask other = task(0, List.of());
    NewTask soon = task(1, List.of());
    store.pool().insert(List.of(other, soon)).block();
    assertThat(reads()).as("nothing waits for anything").isZero();

    store.pool().insert(dependents(other, 2)).block();
    NewTask dependent = task(BLOCKED + 2, List.of(on(soon)));
    store.pool().insert(List.of(dependent)).block();
    clock.advance(Duration.ofSeconds(31));
    assertThat(reads()).as("now and then it looks at everything").isGreaterThan(BLOCKED);
    clock.advance(Duration.ofSeconds(6));
    assertThat(reads()).as("nothing has changed").isEqualTo(1);

    store.pool().cancel(soon.id(), "not needed").block();
    assertThat(reads()).as("one task has ended").isLessThan(10);
    assertThat(store.pool().find(dependent.id()).map(Task::blocked).block()).isFalse();
  }

  private long reads() {
    documents.set(0);
    store.pool().settleDependents().collectList().block();
    return documents.get();
  }

  private static List<NewTask> dependents(NewTask other, int first) {
    return IntStream.range(first, first + BLOCKED)
        .mapToObj(i -> task(i, List.of(on(other))))
        .toList();
  }

  private static Dependency on(NewTask other) {
    return new Dependency(other.id(), On.ALWAYS, null);
  }

  private static NewTask task(int number, List<Dependency> dependsOn) {
    return new NewTask(
        "p",
        "e",
        "s",
        number,
        0,
        Map.of("n", number),
        null,
        dependsOn,
        List.of(Stage.only("default", Terms.DEFAULT)));
  }

  /** Counts the documents of replies. */
  private record Reads(AtomicLong documents) implements CommandListener {
    @Override
    public void commandSucceeded(CommandSucceededEvent event) {
      BsonDocument cursor = event.getResponse().getDocument("cursor", new BsonDocument());
      for (String batch : List.of("firstBatch", "nextBatch")) {
        if (cursor.containsKey(batch)) {
          documents.addAndGet(cursor.getArray(batch).size());
        }
      }
    }
  }
}
