package io.windrow.cli.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws faults by lot: the same seed, the same faults. A part that is still down or stopped is left
 * alone until a while after it is back.
 */
final class Schedule {
  private static final Duration LEADER_LEASE = Duration.ofSeconds(5);

  /** What a process takes to be itself again. */
  private static final Duration START = Duration.ofSeconds(6);

  /** The same of broker and store, with some time left for the work that needs them. */
  private static final Duration SERVER_START = Duration.ofSeconds(20);

  private static final int TOTAL =
      Arrays.stream(FaultKind.values()).mapToInt(k -> k.weight()).sum();

  private final ChaosPlan plan;
  private final SplittableRandom random;
  private final Map<String, Duration> busy = new HashMap<>();

  private Schedule(ChaosPlan plan) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed());
  }

  /** Faults from {@code from} on, one {@code every}, the last well before {@code until}. */
  static List<Planned> of(ChaosPlan plan, Duration from, Duration until) {
    Schedule schedule = new Schedule(plan);
    List<Planned> faults = new ArrayList<>();
    for (Duration at = from; at.compareTo(until) < 0; at = at.plus(plan.every())) {
      faults.add(schedule.next(at));
    }
    return List.copyOf(faults);
  }

  private Planned next(Duration at) {
    while (true) {
      FaultKind kind = kind();
      int index = random.nextInt(plan.members(kind.part()));
      String target = kind.part() + "-" + (isOfLeader(kind) ? "leader" : index);
      Duration lasts = lasts(kind);
      if (busy.getOrDefault(target, Duration.ZERO).compareTo(at) <= 0) {
        busy.put(target, at.plus(lasts).plus(isServer(kind) ? SERVER_START : START));
        return new Planned(at, kind, index, lasts);
      }
    }
  }

  static boolean isOfLeader(FaultKind kind) {
    return kind == FaultKind.LEADER_KILL || kind == FaultKind.LEADER_STOP;
  }

  private static boolean isServer(FaultKind kind) {
    return kind.part() == FaultKind.Part.BROKER || kind.part() == FaultKind.Part.STORE;
  }

  private FaultKind kind() {
    int lot = random.nextInt(TOTAL);
    for (FaultKind kind : FaultKind.values()) {
      lot -= kind.weight();
      if (lot < 0) {
        return kind;
      }
    }
    throw new AssertionError("a lot beyond all weights");
  }

  private Duration lasts(FaultKind kind) {
    return switch (kind) {
      case WORKER_STOP -> between(plan.lease(), 1.2, 2);
      case WORKER_CUT, WORKER_STALL -> between(plan.lease(), 0.3, 1.6);
      case STORE_STOP -> between(plan.lease(), 1.1, 1.5);
      case LEADER_STOP -> between(LEADER_LEASE, 1.2, 2);
      case COORDINATOR_CUT, BROKER_CUT, BROKER_STOP, SLOW_NETWORK -> between(LEADER_LEASE, 0.5, 2);
      default -> between(Duration.ofSeconds(1), 0.2, 3);
    };
  }

  private Duration between(Duration unit, double least, double most) {
    return Duration.ofMillis(Math.round(unit.toMillis() * random.nextDouble(least, most)));
  }
}
