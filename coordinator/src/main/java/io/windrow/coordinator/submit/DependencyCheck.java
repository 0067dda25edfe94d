package io.windrow.coordinator.submit;

import io.windrow.pool.TaskPool;
import io.windrow.task.Dependency;
import io.windrow.task.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Looks after the tasks that a workflow depends on by id: each must be there, and must not wait,
 * directly or through others, for a task of the workflow itself.
 */
final class DependencyCheck {
  /** Longest chain that is followed. */
  private static final int MAX_VISITED = 100_000;

  private final TaskPool pool;

  DependencyCheck(TaskPool pool) {
    this.pool = pool;
  }

  /** The paths from a dependency still to be followed, each ending with the task to look at. */
  private record Walk(Set<String> own, Set<String> seen) {}

  /**
   * What is wrong with waiting for a task; empty if nothing is.
   *
   * @param id of the task that is waited for
   * @param own ids of the tasks that wait for it
   */
  Mono<String> problem(String id, Set<String> own) {
    return pool.find(id)
        .hasElement()
        .flatMap(
            there ->
                there || own.contains(id)
                    ? cycle(List.of(id), new Walk(own, new HashSet<>()))
                    : Mono.just("there is no task " + id + " in any pool"));
  }

  /** Depth first; a path that comes back to the workflow's own tasks is the answer. */
  private Mono<String> cycle(List<String> path, Walk walk) {
    String at = path.get(path.size() - 1);
    if (walk.own().contains(at)) {
      List<String> whole = new ArrayList<>(path);
      whole.add(0, at);
      return Mono.just("makes a cycle: " + String.join(" -> ", whole));
    }
    if (!walk.seen().add(at)) {
      return Mono.empty();
    }
    if (walk.seen().size() > MAX_VISITED) {
      return Mono.just("depends on more than " + MAX_VISITED + " tasks through others");
    }
    return pool.find(at)
        .flatMapIterable(DependencyCheck::waitsFor)
        .concatMap(
            next -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(next);
              return cycle(longer, walk);
            })
        .next();
  }

  private static List<String> waitsFor(Task task) {
    return task.dependsOn().stream().map(Dependency::task).toList();
  }
}
