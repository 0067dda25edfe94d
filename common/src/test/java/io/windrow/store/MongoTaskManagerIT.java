package io.windrow.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Against the embedded server, or the one that {@code WINDROW_TEST_MONGODB_URI} names. */
class MongoTaskManagerIT extends TaskManagerContract {
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
  @Override
  void insert() {
    store = database.empty(clock);
    super.insert();
  }

  @Override
  WindrowStore store() {
    return store;
  }
}
