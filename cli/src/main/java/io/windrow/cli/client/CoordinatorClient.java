package io.windrow.cli.client;

import java.util.List;

/** The coordinator's interface. Every call throws {@code UserError}. */
public final class CoordinatorClient {
  private final Service service;

  /** A client of the coordinator there. */
  public CoordinatorClient(Endpoint endpoint) {
    this.service = new Service(endpoint);
  }

  /** Submits a workflow's text. */
  public Accepted submit(String workflow) {
    return service.post("/api/v1/submissions", "application/yaml", workflow, Accepted.class);
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
}
