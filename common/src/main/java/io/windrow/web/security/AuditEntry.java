package io.windrow.web.security;

import java.time.Instant;
import java.util.Map;

/**
 * A change that was let through.
 *
 * @param id names its place in the log
 * @param at when it was answered
 * @param role which role did it
 * @param kind of caller: {@code token}, {@code jwt}, {@code anonymous}
 * @param caller id of the token, or subject
 * @param name name of the token, or subject
 * @param from the caller's address
 * @param method of HTTP
 * @param path with {@code {names}} of what varies
 * @param target the values of these names
 * @param status of the answer; 0 if the caller went away before it
 */
public record AuditEntry(
    String id,
    Instant at,
    String role,
    String kind,
    String caller,
    String name,
    String from,
    String method,
    String path,
    Map<String, String> target,
    int status) {

  public AuditEntry {
    target = Map.copyOf(target);
  }
}
