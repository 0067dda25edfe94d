package io.windrow.coordinator.api;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskSelection;
import io.windrow.web.security.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How tasks stand, now and until their end. */
@RestController
@RequestMapping("/api/v1/tasks")
class StatController {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** So many looks without a change, and a comment shows that the connection lives. */
  private static final int QUIET = 10;

  private final TaskManager manager;
  private final Selections selections;
  private final Sessions sessions;
  private final Map<TaskSelection, Flux<StatView>> looks = new ConcurrentHashMap<>();

  StatController(TaskManager manager, Selections selections, Sessions sessions) {
    this.manager = manager;
    this.selections = selections;
    this.sessions = sessions;
  }

  /**
   * Tasks per state.
   *
   * @param inPool only of this pool
   * @param filter conditions as in {@code model.class=LGBModel and metrics.IC>0.02}
   */
  @GetMapping("/stat")
  Mono<StatView> stat(
      @RequestParam("pool") @Nullable String inPool,
      @RequestParam(defaultValue = "") String filter) {
    return selections.read(inPool, filter, null).flatMap(manager::stat).map(StatView::of);
  }

  /**
   * Tasks per state, told whenever they change: event {@code counts}, at the end {@code ended},
   * when all have their outcome. The connection is closed then, or when the caller's token has
   * expired or is revoked. All who ask the same share a look; who is slow gets the latest counts.
   * Each event says everything, so who comes back has missed nothing, whatever {@code
   * Last-Event-ID} it sends.
   *
   * @param inPool only of this pool
   * @param filter conditions as in {@code model.class=LGBModel and metrics.IC>0.02}
   */
  @ApiResponse(
      responseCode = "200",
      description = "Events, their data as of /api/v1/tasks/stat",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(implementation = StatView.class)))
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<StatView>> events(
      @RequestParam("pool") @Nullable String inPool,
      @RequestParam(defaultValue = "") String filter,
      ServerWebExchange exchange) {
    return selections
        .read(inPool, filter, null)
        .flatMapMany(this::events)
        .takeUntilOther(sessions.refused(exchange));
  }

  private Flux<ServerSentEvent<StatView>> events(TaskSelection selection) {
    AtomicReference<@Nullable StatView> last = new AtomicReference<>();
    AtomicLong number = new AtomicLong();
    return Flux.defer(() -> looks.computeIfAbsent(selection, this::looks))
        .onBackpressureLatest()
        .map(counts -> event(counts, last, number.getAndIncrement()))
        .filter(event -> event.event() != null || event.comment() != null)
        .takeUntil(event -> "ended".equals(event.event()));
  }

  private Flux<StatView> looks(TaskSelection selection) {
    return Flux.interval(Duration.ZERO, LOOK)
        .onBackpressureDrop()
        .concatMap(number -> look(selection), 1)
        .doFinally(end -> looks.remove(selection))
        .replay(1)
        .refCount(1);
  }

  /**
   * MongoDB may count in an index, where a task that changes its place meanwhile can be passed by:
   * that all have ended is believed when it is seen twice.
   */
  private Mono<StatView> look(TaskSelection selection) {
    Mono<StatView> stat = manager.stat(selection).map(StatView::of);
    return stat.flatMap(seen -> seen.unfinished() == 0 ? stat : Mono.just(seen));
  }

  private static ServerSentEvent<StatView> event(
      StatView now, AtomicReference<@Nullable StatView> last, long number) {
    if (now.unfinished() == 0) {
      return ServerSentEvent.builder(now).id("" + number).event("ended").build();
    }
    if (!now.equals(last.getAndSet(now))) {
      return ServerSentEvent.builder(now).id("" + number).event("counts").build();
    }
    ServerSentEvent.Builder<StatView> same = ServerSentEvent.builder();
    return number % QUIET == 0 ? same.comment("no change").build() : same.build();
  }
}
