package io.windrow.cli.client;

import tools.jackson.databind.JsonNode;

/** The collector's interface. Every call throws {@code UserError}. */
public final class CollectorClient {
  private static final String ARROW = "application/vnd.apache.arrow.file";

  private final Service service;

  /** A client of the collector there. */
  public CollectorClient(Endpoint endpoint) {
    this.service = new Service(endpoint);
  }

  /** What came of a submission. */
  public Collection collection(String submission) {
    return service.get(path(submission), Collection.class);
  }

  /** The same with every field, as it was sent. */
  public String json(String submission) {
    return service.get(path(submission), JsonNode.class).toPrettyString() + "\n";
  }

  /**
   * A group's table as an Arrow IPC file.
   *
   * @param group index into the collection's groups
   * @param table {@code pred}, {@code label} or {@code ic}
   * @param partial whether a table with gaps will do
   */
  public byte[] table(String submission, int group, String table, boolean partial) {
    return service.bytes(
        path(submission)
            + "/groups/"
            + group
            + "/"
            + Service.escape(table)
            + (partial ? "?partial=true" : ""),
        ARROW);
  }

  private static String path(String submission) {
    return "/api/v1/collections/" + Service.escape(submission);
  }
}
