package io.windrow.store;

import io.windrow.pool.PoolLimits;
import io.windrow.pool.SubmissionStore;
import io.windrow.pool.TaskPool;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contracts on MongoDB, all on one server. */
class MongoTaskPoolIT implements TaskPoolContract.Subject {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private final AdvancingClock clock = new AdvancingClock();
  private final AtomicReference<Double> chance = new AtomicReference<>(0.5);
  private WindrowStore store;

  @BeforeEach
  void empty() {
    chance.set(0.5);
    store = database.empty(clock, chance::get);
  }

  @Override
  public TaskPool pool() {
    return store.pool();
  }

  @Override
  public PoolLimits limits() {
    return store.limits();
  }

  @Override
  public PoolLimits queueLimits() {
    return store.queueLimits();
  }

  @Override
  public AtomicReference<Double> chance() {
    return chance;
  }

  @Override
  public SubmissionStore submissions() {
    return store.submissions();
  }

  @Override
  public AdvancingClock clock() {
    return clock;
  }

  @Nested
  class Choice extends PoolChoiceContract {
    @Override
    Subject subject() {
      return MongoTaskPoolIT.this;
    }
  }

  @Nested
  class Outcome extends PoolOutcomeContract {
    @Override
    Subject subject() {
      return MongoTaskPoolIT.this;
    }
  }

  @Nested
  class Steering extends PoolSteeringContract {
    @Override
    Subject subject() {
      return MongoTaskPoolIT.this;
    }
  }
}
