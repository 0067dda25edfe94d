package io.windrow.cli.client;

import io.windrow.cli.terminal.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The coordinator's interface. Every call throws {@code UserError}. */
public final class CoordinatorClient {
  private static final String JSON = "application/json";
  private static final int PAGE = 1_000;
  private static final int CANDIDATES = ShortIds.CANDIDATES;

  private final Service service;

  /** A client of the coordinator there. */
  public CoordinatorClient(Endpoint endpoint) {
    this.service = new Service(endpoint);
  }

  /** Submits a workflow's text. */
  public Accepted submit(String workflow) {
    return service.post("/api/v1/submissions", "application/yaml", workflow, Accepted.class);
  }

  /**
   * What a workflow would come to. Nothing is stored.
   *
   * @param limit most tasks to list
   */
  public Generation generate(WorkflowFiles workflow, int limit) {
    return post("/api/v1/generations?limit=" + limit, workflow, Generation.class);
  }

  /** Submits a workflow with what belongs to it. */
  public Accepted submit(WorkflowFiles workflow) {
    return post("/api/v1/submissions", workflow, Accepted.class);
  }

  /**
   * Has a workflow checked.
   *
   * @param withData whether the data is looked at, too
   */
  public Validation validate(WorkflowFiles workflow, boolean withData) {
    return post("/api/v1/workflows/validate?data=" + withData, workflow, Validation.class);
  }

  /** One submission. */
  public SubmissionView submission(String id) {
    return service.get("/api/v1/submissions/" + Service.escape(id), SubmissionView.class);
  }

  /**
   * A task's id, whole.
   *
   * @param given the id, or at least six characters of its beginning
   */
  public String taskId(String given) {
    return ShortIds.complete(
        "task",
        given,
        beginning -> {
          String filter = "id>='%s', id<'%sg'".formatted(beginning, beginning);
          JsonNode tasks =
              ask(
                  "tasks",
                  Map.of("filter", filter, "fields", "id", "sort", "id", "limit", "" + CANDIDATES));
          return tasks.valueStream().map(task -> task.path("id").asString()).toList();
        });
  }

  /** The same of a submission, among the last thousand. */
  public String submissionId(String given) {
    return ShortIds.complete(
        "submission",
        given,
        beginning ->
            ask("submissions", Map.of("limit", "" + PAGE))
                .valueStream()
                .map(each -> each.path("submission").asString())
                .filter(id -> id.startsWith(beginning))
                .limit(CANDIDATES)
                .toList());
  }

  /** Asks a worker to drain, or to go on. */
  public JsonNode drain(String worker, boolean drain) {
    String path = "/api/v1/workers/%s/%s";
    return service.tell(path.formatted(Service.escape(worker), drain ? "drain" : "undrain"), "{}");
  }

  /** One thing under {@code /api/v1}, by its name. */
  public JsonNode one(String kind, String name) {
    return ask(kind + "/" + Service.escape(name), Map.of());
  }

  /** All submissions, newest first. */
  public List<SubmissionView> submissions() {
    return List.of(service.get("/api/v1/submissions", SubmissionView[].class));
  }

  /**
   * Tasks of a submission in a state.
   *
   * @param limit at most so many
   */
  public List<TaskView> tasks(String submission, String state, int limit) {
    return List.of(
        service.get(
            "/api/v1/tasks?submission=%s&state=%s&limit=%d"
                .formatted(Service.escape(submission), Service.escape(state), limit),
            TaskView[].class));
  }

  /**
   * Retries, cancels, pauses or resumes a task.
   *
   * @return the task as it stands then
   */
  public TaskView control(String task, String action, Map<String, String> parameters) {
    String path = "/api/v1/tasks/%s/%s".formatted(Service.escape(task), action);
    return service.post(path + query(parameters), JSON, "", TaskView.class);
  }

  /**
   * Retries or cancels all tasks of a pool or submission.
   *
   * @param kind {@code pools} or {@code submissions}
   * @return how many tasks it changed
   */
  public long controlAll(String kind, String name, String action, Map<String, String> parameters) {
    String path = "/api/v1/%s/%s/%s".formatted(kind, Service.escape(name), action);
    return service.post(path + query(parameters), JSON, "", Changed.class).tasks();
  }

  /**
   * Pauses or resumes a pool.
   *
   * @param action with its parameters
   */
  public LimitView pool(String name, String action) {
    String path = "/api/v1/pools/%s/%s".formatted(Service.escape(name), action);
    return service.post(path, JSON, "", LimitView.class);
  }

  /**
   * Bounds how many tasks run at once.
   *
   * @param kind {@code pools} or {@code queues}
   * @param maxRunning so many; 0 for no limit
   */
  public LimitView limit(String kind, String name, int maxRunning) {
    return service.put(
        "/api/v1/%s/%s/limit?max_running=%d".formatted(kind, Service.escape(name), maxRunning),
        LimitView.class);
  }

  /**
   * How long a pool keeps what its tasks have come to.
   *
   * @param changes what to change first; may be empty
   */
  public JsonNode retention(String pool, Map<String, String> changes) {
    String path = "/api/v1/pools/%s/retention".formatted(Service.escape(pool));
    return changes.isEmpty()
        ? service.get(path, JsonNode.class)
        : service.put(path + query(changes), JsonNode.class);
  }

  /** Sends all records again that nobody could decode. */
  public JsonNode replayDeadLetters() {
    return service.post("/api/v1/dead-letters/replay", JSON, "", JsonNode.class);
  }

  /**
   * Tasks, read page by page.
   *
   * @param most so many at the most
   * @param seen told each
   * @return whether there are more
   */
  public boolean list(Map<String, String> parameters, int most, Consumer<JsonNode> seen) {
    Map<String, String> query = new LinkedHashMap<>(parameters);
    String after = "";
    int left = most;
    do {
      query.put("after", after);
      query.put("limit", String.valueOf(Math.min(left, PAGE)));
      Service.Page page = service.page("/api/v1/tasks" + query(query));
      page.items().forEach(seen);
      left -= page.items().size();
      after = page.next();
    } while (left > 0 && !after.isEmpty());
    return !after.isEmpty();
  }

  /** Asks a question under {@code /api/v1}. */
  public JsonNode ask(String path, Map<String, String> parameters) {
    return service.get("/api/v1/" + path + query(parameters), JsonNode.class);
  }

  /** One task. */
  public JsonNode task(String id) {
    return service.get("/api/v1/tasks/" + Service.escape(id), JsonNode.class);
  }

  /**
   * Reports about a fetched task.
   *
   * @param action {@code heartbeat}, {@code commit} or {@code return}
   * @return a missing node if there is nothing to tell
   */
  public JsonNode work(String task, String action, Map<String, ?> body) {
    return manage(Service.escape(task) + "/" + action, body);
  }

  /**
   * Changes tasks, or fetches one.
   *
   * @param action what comes after {@code /api/v1/tasks/}
   * @return a missing node if there is nothing to tell
   */
  public JsonNode manage(String action, Map<String, ?> body) {
    return service.tell("/api/v1/tasks/" + action, Service.JSON.writeValueAsString(body));
  }

  /**
   * Creates the tasks of a workflow.
   *
   * @param dryRun creates nothing and says what would be new
   */
  public JsonNode create(WorkflowFiles workflow, boolean dryRun) {
    return post("/api/v1/submissions?dryRun=" + dryRun, workflow, JsonNode.class);
  }

  /** What a workflow's file would change about a submission. */
  public JsonNode diff(WorkflowFiles workflow, String against) {
    return post("/api/v1/workflows/diff?against=" + against, workflow, JsonNode.class);
  }

  /** Gives a task another definition. */
  public JsonNode replace(String task, String definition) {
    String path = "/api/v1/tasks/%s/definition".formatted(Service.escape(task));
    try {
      return service.put(path, definition, JsonNode.class);
    } catch (UserError e) {
      throw e.asFailure(); // what is wrong is in the file
    }
  }

  /**
   * Follows the selected tasks until all have their outcome.
   *
   * @param longest not longer than this
   * @param seen told the counts whenever they change
   * @return the last counts
   */
  public JsonNode follow(
      Map<String, String> parameters, Duration longest, Consumer<JsonNode> seen) {
    return service.events("/api/v1/tasks/events" + query(parameters), longest, seen);
  }

  /**
   * Makes an API token.
   *
   * @param request name, scopes, expiresIn
   * @return the secret and the token
   */
  public JsonNode createToken(Map<String, ?> request) {
    return service.tell("/api/v1/tokens", Service.JSON.writeValueAsString(request));
  }

  /** Revokes an API token. */
  public void revokeToken(String id) {
    service.delete("/api/v1/tokens/" + Service.escape(id));
  }

  private record Changed(long tasks) {}

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + Service.escape(each.getValue()))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  /** Sends a workflow, and again with each base file that the coordinator finds it to build on. */
  private <T> T post(String path, WorkflowFiles workflow, Class<T> type) {
    while (true) {
      try {
        String body = Service.JSON.writeValueAsString(workflow.request());
        return service.post(path, "application/json", body, type);
      } catch (BaseFileNeeded e) {
        workflow.add(e);
      } catch (UserError e) {
        throw e.asFailure(); // what is wrong is in the file
      }
    }
  }
}
