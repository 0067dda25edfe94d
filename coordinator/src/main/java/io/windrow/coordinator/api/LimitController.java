package io.windrow.coordinator.api;

import io.windrow.coordinator.fleet.QueueBoard;
import io.windrow.coordinator.fleet.QueueStand;
import io.windrow.message.Topics;
import io.windrow.pool.PoolLimits;
import io.windrow.pool.PoolLimits.Limit;
import io.windrow.store.WindrowStore;
import io.windrow.web.conditional.ETags;
import io.windrow.web.conditional.Guarded;
import io.windrow.web.conditional.Tagged;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How much of a pool or queue may run at once. What runs notices with its next heartbeat. */
@RestController
@RequestMapping("/api/v1")
class LimitController {
  private static final int TRIES = 10;

  private final Selections selections;
  private final PoolLimits limits;
  private final PoolLimits queueLimits;
  private final QueueBoard board;

  LimitController(WindrowStore store, Selections selections, QueueBoard board) {
    this.selections = selections;
    this.board = board;
    this.limits = store.limits();
    this.queueLimits = store.queueLimits();
  }

  /**
   * What may run of a pool or queue.
   *
   * @param name of the pool or queue
   * @param paused nothing of it may start
   * @param maxRunning so many at once, or null
   * @param note what may not be as it was meant, or null
   */
  record LimitView(
      String name, boolean paused, @Nullable Integer maxRunning, @Nullable String note) {
    static LimitView of(Limit limit) {
      return new LimitView(limit.pool(), limit.paused(), limit.bound(), null);
    }

    LimitView noting(String what) {
      return new LimitView(name, paused, maxRunning, what);
    }
  }

  /**
   * Pauses a pool.
   *
   * @param name of the pool
   * @param running {@code recall} takes back what runs, uncharged; {@code keep} lets it end
   */
  @PostMapping("/pools/{name}/pause")
  Mono<ResponseEntity<LimitView>> pausePool(
      @PathVariable String name,
      @RequestParam(defaultValue = "recall") String running,
      ServerWebExchange exchange) {
    if (!running.equals("recall") && !running.equals("keep")) {
      throw Problems.badRequest("running must be recall or keep, not '" + running + "'.");
    }
    boolean recall = running.equals("recall");
    return selections
        .existing(name)
        .then(change(limits, name, exchange, was -> paused(was, true, recall)));
  }

  /**
   * Lets tasks of a paused pool start again.
   *
   * @param name of the pool
   */
  @PostMapping("/pools/{name}/resume")
  Mono<ResponseEntity<LimitView>> resumePool(
      @PathVariable String name, ServerWebExchange exchange) {
    return selections
        .existing(name)
        .then(change(limits, name, exchange, was -> paused(was, false, false)));
  }

  /**
   * How much of a pool may run at once.
   *
   * @param name of the pool
   */
  @Tagged
  @GetMapping("/pools/{name}/limit")
  Mono<ResponseEntity<LimitView>> poolLimit(@PathVariable String name) {
    return selections
        .existing(name)
        .then(Mono.defer(() -> limits.find(name)))
        .map(LimitController::answer);
  }

  /**
   * How much of a queue may run at once.
   *
   * @param name of the queue
   */
  @Tagged
  @GetMapping("/queues/{name}/limit")
  Mono<ResponseEntity<LimitView>> queueLimit(@PathVariable String name) {
    return queueLimits.find(queue(name)).map(LimitController::answer);
  }

  /**
   * Bounds how many tasks of a pool run at once.
   *
   * @param name of the pool
   * @param maxRunning so many; 0 lifts the bound
   */
  @Guarded
  @PutMapping("/pools/{name}/limit")
  Mono<ResponseEntity<LimitView>> limitPool(
      @PathVariable String name,
      @RequestParam("max_running") int maxRunning,
      ServerWebExchange exchange) {
    return selections
        .existing(name)
        .then(Mono.defer(() -> bound(limits, name, maxRunning, exchange)));
  }

  /**
   * Bounds how many tasks of a queue run at once. It need not have tasks yet, but then the answer
   * says so: its name may be misspelt.
   *
   * @param name of the queue
   * @param maxRunning so many; 0 lifts the bound
   */
  @Guarded
  @PutMapping("/queues/{name}/limit")
  Mono<ResponseEntity<LimitView>> limitQueue(
      @PathVariable String name,
      @RequestParam("max_running") int maxRunning,
      ServerWebExchange exchange) {
    return bound(queueLimits, queue(name), maxRunning, exchange)
        .flatMap(answer -> board.now().map(stands -> noted(answer, stands)));
  }

  private static ResponseEntity<LimitView> noted(
      ResponseEntity<LimitView> answer, List<QueueStand> stands) {
    LimitView limit = Objects.requireNonNull(answer.getBody());
    List<String> used =
        stands.stream()
            .filter(stand -> !stand.counts().isEmpty() || stand.workers() > 0)
            .map(QueueStand::queue)
            .toList();
    return used.contains(limit.name())
        ? answer
        : ResponseEntity.ok()
            .headers(answer.getHeaders())
            .body(limit.noting(Problems.unusedQueue(limit.name(), used)));
  }

  private static String queue(String name) {
    if (!Topics.isQueue(name)) {
      throw Problems.badRequest("'" + name + "' cannot be a queue.");
    }
    return name;
  }

  private static Limit paused(Limit was, boolean paused, boolean recall) {
    return new Limit(was.pool(), paused, was.maxRunning(), recall);
  }

  private static Mono<ResponseEntity<LimitView>> bound(
      PoolLimits of, String name, int maxRunning, ServerWebExchange exchange) {
    if (maxRunning < 0) {
      throw Problems.badRequest(
          "max_running must be 0 (no limit) or more, not " + maxRunning + ".");
    }
    int most = maxRunning == 0 ? Integer.MAX_VALUE : maxRunning;
    return change(of, name, exchange, was -> new Limit(name, was.paused(), most, was.recall()));
  }

  /** Changes what is there; if that is another meanwhile, it is looked at again. */
  private static Mono<ResponseEntity<LimitView>> change(
      PoolLimits of, String name, ServerWebExchange exchange, UnaryOperator<Limit> change) {
    return Mono.defer(() -> of.find(name))
        .flatMap(
            was -> {
              ETags.requireMatch(exchange, ETags.of(was));
              Limit now = change.apply(was);
              return of.replace(was, now).filter(done -> done).map(done -> answer(now));
            })
        .repeatWhenEmpty(TRIES, again -> again)
        .onErrorMap(
            IllegalStateException.class,
            e -> Problems.conflict("The limit of '" + name + "' changes all the time."));
  }

  private static ResponseEntity<LimitView> answer(Limit limit) {
    return ResponseEntity.ok().eTag(ETags.of(limit)).body(LimitView.of(limit));
  }
}
