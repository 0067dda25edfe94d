package io.windrow.coordinator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.windrow.pool.TaskChange;
import io.windrow.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class EventHubTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final long MICROS = NOW.getEpochSecond() * 1_000_000;

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong version = new AtomicLong(MICROS);
  private volatile int changesEachLook = 1;

  private final EventHub hub =
      new EventHub(
          (after, limit) -> {
            asked.incrementAndGet();
            return Flux.range(0, changesEachLook)
                .map(i -> ChangeCursorTest.change("a" + i, version.incrementAndGet()))
                .take(limit);
          },
          Mono.fromSupplier(() -> Map.of("pool", Map.of(TaskState.RUNNING, version.get()))),
          Mono.just(List.of()),
          Clock.fixed(NOW, ZoneOffset.UTC),
          Duration.ofMillis(2));

  @Test
  void nobody_listens_and_nothing_is_asked() {
    List<Happening> seen = new CopyOnWriteArrayList<>();
    assertThat(asked).hasValue(0);

    Disposable one = hub.live().subscribe(seen::add);
    await().atMost(SOON).until(() -> seen.stream().anyMatch(Happening.Tasks.class::isInstance));
    await().atMost(SOON).until(() -> seen.stream().anyMatch(Happening.Pools.class::isInstance));
    one.dispose();

    int until = asked.get();
    await().atMost(SOON).during(Duration.ofMillis(100)).until(() -> asked.get() <= until + 1);
  }

  @Test
  void all_listeners_share_a_look() {
    List<Happening> one = new CopyOnWriteArrayList<>();
    List<Happening> other = new CopyOnWriteArrayList<>();
    Disposable first = hub.live().subscribe(one::add);
    Disposable second = hub.live().subscribe(other::add);

    await().atMost(SOON).until(() -> other.size() > 20);

    second.dispose(); // the other way round it could see one look more
    first.dispose();
    assertThat(one.containsAll(other)).isTrue();
    assertThat(asked.get()).isLessThanOrEqualTo(one.size());
  }

  @Test
  void who_does_not_keep_up_is_cut_off_and_holds_nobody_up() {
    AtomicReference<Throwable> end = new AtomicReference<>();
    List<Happening> late = new CopyOnWriteArrayList<>();
    List<Happening> quick = new CopyOnWriteArrayList<>();
    BaseSubscriber<Happening> slow =
        new BaseSubscriber<>() {
          @Override
          protected void hookOnSubscribe(Subscription subscription) {
            // It asks for nothing yet.
          }

          @Override
          protected void hookOnNext(Happening happening) {
            late.add(happening);
          }

          @Override
          protected void hookOnError(Throwable error) {
            end.set(error);
          }
        };
    hub.live().subscribe(slow);
    Disposable other = hub.live().subscribe(quick::add);
    await().atMost(SOON).until(() -> quick.size() > 3 * EventHub.WAITING);
    other.dispose();

    slow.requestUnbounded();

    await().atMost(SOON).until(() -> end.get() != null);
    assertThat(end.get()).matches(Exceptions::isOverflow);
    assertThat(late).hasSizeLessThanOrEqualTo(EventHub.WAITING);
  }

  @Test
  void too_many_changes_are_not_told_one_by_one() {
    changesEachLook = EventHub.MOST + 1;
    assertThat(hub.live().blockFirst(SOON)).isEqualTo(new Happening.TooMany(MICROS));
    assertThat(hub.since(5).block()).isEqualTo(new Happening.TooMany(MICROS));
  }

  @Test
  void who_comes_back_hears_what_changed_since() {
    changesEachLook = 2;

    Happening missed = hub.since(MICROS).block();

    assertThat(missed).isInstanceOf(Happening.Tasks.class);
    assertThat(((Happening.Tasks) missed).cursor()).isEqualTo(MICROS + 2);
    assertThat(((Happening.Tasks) missed).changes())
        .extracting(TaskChange::id)
        .containsExactly("a0", "a1");
  }

  @Test
  void a_set_of_ids_knows_its_own() {
    String one = "f".repeat(64);
    IdSet ids = new IdSet(List.of(one, "0".repeat(64)));

    assertThat(ids.contains(one)).isTrue();
    assertThat(ids.contains("e".repeat(64))).isFalse();
  }
}
