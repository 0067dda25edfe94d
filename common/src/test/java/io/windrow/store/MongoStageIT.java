package io.windrow.store;

import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class MongoStageIT extends StageContract {
  private static TestDatabase database;

  private final AdvancingClock clock = new AdvancingClock();
  private WindrowStore store;

  @BeforeAll
  static void start() {
    database = new TestDatabase();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

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
