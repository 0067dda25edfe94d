package io.windrow.store;

import io.windrow.pool.PoolLimits;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class MongoTaskPoolIT extends TaskPoolContract {
  private static TestDatabase database;

  private final AdvancingClock clock = new AdvancingClock();
  private final AtomicReference<Double> chance = new AtomicReference<>(0.5);
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
    chance.set(0.5);
    store = database.empty(clock, chance::get);
  }

  @Override
  TaskPool pool() {
    return store.pool();
  }

  @Override
  PoolLimits limits() {
    return store.limits();
  }

  @Override
  PoolLimits queueLimits() {
    return store.queueLimits();
  }

  @Override
  AtomicReference<Double> chance() {
    return chance;
  }

  @Override
  SubmissionStore submissions() {
    return store.submissions();
  }

  @Override
  AdvancingClock clock() {
    return clock;
  }
}
