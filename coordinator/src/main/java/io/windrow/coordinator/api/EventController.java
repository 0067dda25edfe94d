package io.windrow.coordinator.api;

import io.windrow.coordinator.events.EventHub;
import io.windrow.coordinator.events.Happening;
import io.windrow.coordinator.events.IdSet;
import io.windrow.pool.TaskChange;
import io.windrow.web.security.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What happens, as server-sent events: {@code pools}, {@code tasks}, {@code workers}, and {@code
 * reset} if more tasks changed than are told one by one. First comes how everything stands. The id
 * of an event of tasks says up to where they are known: sent back as {@code Last-Event-ID}, to this
 * coordinator or another, it brings what changed since.
 */
@RestController
@RequestMapping("/api/v1/events")
class EventController {
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final int MOST_LISTENERS = 256;

  private final EventHub hub;
  private final Selections selections;
  private final Sessions sessions;
  private final AtomicInteger listeners = new AtomicInteger();

  EventController(EventHub hub, Selections selections, Sessions sessions) {
    this.hub = hub;
    this.selections = selections;
    this.sessions = sessions;
  }

  /**
   * A change of a task.
   *
   * @param id of the task
   * @param pool its pool
   * @param queue its queue
   * @param seq its number
   * @param state its state now; those in between may have been passed by
   * @param version greater than that of earlier changes
   * @param attempt attempts charged so far
   * @param worker who runs it, or null
   */
  record TaskEvent(
      String id,
      String pool,
      String queue,
      int seq,
      String state,
      long version,
      int attempt,
      @Nullable String worker) {
    static TaskEvent of(TaskChange change) {
      return new TaskEvent(
          change.id(),
          change.pool(),
          change.queue(),
          change.seq(),
          change.state().word(),
          change.version(),
          change.attempt(),
          change.worker());
    }
  }

  /** Which tasks and pools a listener wants. */
  private record Wanted(@Nullable String pool, @Nullable IdSet ids) {
    boolean has(TaskChange change) {
      return (pool == null || pool.equals(change.pool()))
          && (ids == null || ids.contains(change.id()));
    }
  }

  /**
   * Listens, until the caller's token has expired or is revoked.
   *
   * @param pool only tasks and counts of this pool
   * @param submission only tasks of this submission, and counts of its pool
   * @param last the id of the last event that was understood
   */
  @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<Object>> events(
      @RequestParam(required = false) @Nullable String pool,
      @RequestParam(required = false) @Nullable String submission,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      ServerWebExchange exchange) {
    Long cursor = cursor(last);
    return wanted(pool, submission)
        .flatMapMany(wanted -> counted(events(wanted, cursor)))
        .takeUntilOther(sessions.refused(exchange));
  }

  private static @Nullable Long cursor(@Nullable String last) {
    if (last == null || last.isBlank()) {
      return null;
    }
    if (!last.matches("\\d{1,18}")) {
      throw Problems.badRequest("Last-Event-ID must be the id of an event of this stream.");
    }
    return Long.valueOf(last);
  }

  private Mono<Wanted> wanted(@Nullable String pool, @Nullable String submission) {
    if (submission != null) {
      return selections
          .submission(submission)
          .map(found -> new Wanted(found.pool(), new IdSet(found.taskIds())));
    }
    return pool == null
        ? Mono.just(new Wanted(null, null))
        : selections.existing(pool).thenReturn(new Wanted(pool, null));
  }

  private Flux<ServerSentEvent<Object>> counted(Flux<ServerSentEvent<Object>> events) {
    return Flux.defer(
            () ->
                listeners.incrementAndGet() > MOST_LISTENERS
                    ? Flux.<ServerSentEvent<Object>>error(Problems.tooManyListeners(MOST_LISTENERS))
                    : events)
        .doFinally(end -> listeners.decrementAndGet());
  }

  /**
   * It listens before it is told how things stand, so that nothing falls in between. Who does not
   * keep up is cut off, and may resume.
   */
  private Flux<ServerSentEvent<Object>> events(Wanted wanted, @Nullable Long cursor) {
    Flux<Happening> begin =
        cursor == null ? hub.present() : Flux.concat(hub.since(cursor), hub.present());
    Flux<ServerSentEvent<Object>> happenings =
        Flux.mergeSequential(begin, hub.live()).mapNotNull(happening -> event(wanted, happening));
    Flux<ServerSentEvent<Object>> lives =
        Flux.interval(QUIET).onBackpressureDrop().map(n -> comment("alive"));
    return Flux.merge(happenings, lives).onErrorComplete(Exceptions::isOverflow);
  }

  private static @Nullable ServerSentEvent<Object> event(Wanted wanted, Happening happening) {
    if (happening instanceof Happening.Tasks tasks) {
      return tasks(wanted, tasks);
    }
    if (happening instanceof Happening.Pools pools) {
      return pools(wanted, pools);
    }
    if (happening instanceof Happening.WorkersSeen seen) {
      return ServerSentEvent.<Object>builder(seen.members().stream().map(WorkerView::of).toList())
          .event("workers")
          .build();
    }
    return ServerSentEvent.<Object>builder(Map.of("reason", "too many tasks changed"))
        .id(String.valueOf(((Happening.TooMany) happening).cursor()))
        .event("reset")
        .build();
  }

  private static @Nullable ServerSentEvent<Object> tasks(Wanted wanted, Happening.Tasks tasks) {
    List<TaskEvent> told = tasks.changes().stream().filter(wanted::has).map(TaskEvent::of).toList();
    return told.isEmpty()
        ? null
        : ServerSentEvent.<Object>builder(told)
            .id(String.valueOf(tasks.cursor()))
            .event("tasks")
            .build();
  }

  private static @Nullable ServerSentEvent<Object> pools(Wanted wanted, Happening.Pools pools) {
    Map<String, Map<String, Long>> told = new TreeMap<>();
    pools
        .counts()
        .forEach(
            (name, counts) -> {
              if (wanted.pool() == null || wanted.pool().equals(name)) {
                told.put(name, PoolView.words(counts));
              }
            });
    return told.isEmpty() ? null : ServerSentEvent.<Object>builder(told).event("pools").build();
  }

  private static ServerSentEvent<Object> comment(String text) {
    return ServerSentEvent.builder().comment(text).build();
  }
}
