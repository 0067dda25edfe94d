package io.windrow.cli.client;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The coordinator's interface. Every call throws {@code UserError}. */
public final class CoordinatorClient {
  private static final String JSON = "application/json";
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
      }
    }
  }
}
