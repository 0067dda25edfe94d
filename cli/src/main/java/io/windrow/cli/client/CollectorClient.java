package io.windrow.cli.client;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The collector's interface. Every call throws {@code UserError}. */
public final class CollectorClient {
  private static final String ARROW = "application/vnd.apache.arrow.file";

  private final Service service;
  private final Map<String, String> choice;

  /** A client of the collector there. */
  public CollectorClient(Endpoint endpoint) {
    this(new Service(endpoint), Map.of());
  }

  private CollectorClient(Service service, Map<String, String> choice) {
    this.service = service;
    this.choice = new TreeMap<>(choice);
  }

  /**
   * A client whose collections are put together as it says, not as the submission declares.
   *
   * @param choice {@code ensemble}, {@code key}, {@code artifacts}: words between commas
   */
  public CollectorClient choosing(Map<String, String> choice) {
    return new CollectorClient(service, choice);
  }

  /** Which version it has. */
  public JsonNode version() {
    return service.get("/api/v1/version", JsonNode.class);
  }

  /** What came of a submission; back-tests only of series without gaps. */
  public Collection collection(String submission) {
    return collection(submission, false);
  }

  /**
   * What came of a submission.
   *
   * @param partial whether series with gaps are back-tested, too
   */
  public Collection collection(String submission, boolean partial) {
    return service.get(path(submission, "", query(partial)), Collection.class);
  }

  /** The same with every field, as it was sent. */
  public String json(String submission, boolean partial) {
    return service.get(path(submission, "", query(partial)), JsonNode.class).toPrettyString()
        + "\n";
  }

  /**
   * A group's table as an Arrow IPC file.
   *
   * @param group index into the collection's groups
   * @param table {@code pred}, {@code label}, {@code ic}, {@code quantiles}, {@code report} or
   *     {@code positions}
   * @param partial whether a table with gaps will do
   */
  public byte[] table(String submission, int group, String table, boolean partial) {
    return service.bytes(tablePath(submission, group, table, partial), ARROW);
  }

  /** A group's table as JSON. */
  public String tableJson(String submission, int group, String table, boolean partial) {
    return service
            .get(tablePath(submission, group, table, partial), JsonNode.class)
            .toPrettyString()
        + "\n";
  }

  private String tablePath(String submission, int group, String table, boolean partial) {
    return path(submission, "/groups/" + group + "/" + Service.escape(table), query(partial));
  }

  private static String query(boolean partial) {
    return partial ? "partial=true" : "";
  }

  private String path(String submission, String part, String query) {
    StringJoiner queries = new StringJoiner("&", "?", "").setEmptyValue("");
    choice.forEach((name, words) -> queries.add(name + "=" + Service.escape(words)));
    if (!query.isEmpty()) {
      queries.add(query);
    }
    return "/api/v1/collections/" + Service.escape(submission) + part + queries;
  }
}
