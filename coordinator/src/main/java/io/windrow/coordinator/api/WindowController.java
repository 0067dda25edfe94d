package io.windrow.coordinator.api;

import io.windrow.pool.TaskManager;
import io.windrow.pool.TaskWindow;
import io.windrow.web.paging.NextPage;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The windows of a pool: its tasks, each in a few words. */
@RestController
@RequestMapping("/api/v1/pools/{name}/windows")
class WindowController {
  private static final int MAX_WINDOWS = 1000;

  private final TaskManager manager;
  private final Selections selections;

  WindowController(TaskManager manager, Selections selections) {
    this.manager = manager;
    this.selections = selections;
  }

  /**
   * A page of a pool's tasks as windows, in order of {@code seq}. The headers {@code Windrow-Next}
   * and {@code Link} say where the next one begins, if any.
   *
   * @param name of the pool
   * @param cursor where the page begins: {@code Windrow-Next} of the page before
   * @param metrics only these metrics, by name; all if absent
   * @param limit most windows, 1 to 1000
   */
  @GetMapping
  Mono<ResponseEntity<List<WindowView>>> windows(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String cursor,
      @RequestParam(defaultValue = "") Set<String> metrics,
      @RequestParam(defaultValue = "1000") int limit,
      ServerWebExchange exchange) {
    int most = Requests.limit(limit, MAX_WINDOWS);
    return selections
        .existing(name)
        .then(Mono.defer(() -> manager.windows(name, cursor, most)))
        .onErrorMap(IllegalArgumentException.class, e -> Problems.badRequest(e.getMessage() + "."))
        .map(page -> answer(page, metrics, exchange));
  }

  private static ResponseEntity<List<WindowView>> answer(
      TaskWindow.Page page, Set<String> metrics, ServerWebExchange exchange) {
    String next = page.next();
    NextPage.link(exchange, next);
    ResponseEntity.BodyBuilder ok = ResponseEntity.ok();
    if (next != null) {
      ok.header("Windrow-Next", next);
    }
    return ok.body(page.windows().stream().map(window -> WindowView.of(window, metrics)).toList());
  }
}
