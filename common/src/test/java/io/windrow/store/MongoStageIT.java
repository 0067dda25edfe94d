package io.windrow.store;

import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoStageIT extends StageContract {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private final AdvancingClock clock = new AdvancingClock();
  private WindrowStore store;

  @BeforeEach
  void empty() {
    store = database.empty(clock, () -> 0.5);
  }

  @Override
  TaskPool pool() {
    return store.pool();
  }

  @Override
  TaskManager manager() {
    return store.manager();
  }

  @Override
  AdvancingClock clock() {
    return clock;
  }
}
