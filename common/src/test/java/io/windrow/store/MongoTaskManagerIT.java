package io.windrow.store;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Against the embedded server, or the one that {@code WINDROW_TEST_MONGODB_URI} names. */
class MongoTaskManagerIT extends TaskManagerContract {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private final AdvancingClock clock = new AdvancingClock();
  private WindrowStore store;

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
