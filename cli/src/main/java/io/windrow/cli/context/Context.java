package io.windrow.cli.context;

import org.jspecify.annotations.Nullable;

/**
 * How a cluster is reached.
 *
 * @param coordinator its address, or null for the default
 * @param collector its address, or null for the default
 * @param tokenFile the file that holds the API token, or null; the token itself is never in here
 * @param caFile the file with the certificates of the authorities to trust, or null
 */
public record Context(
    @Nullable String coordinator,
    @Nullable String collector,
    @Nullable String tokenFile,
    @Nullable String caFile) {
  /** One that says nothing. */
  public static final Context EMPTY = new Context(null, null, null, null);

  /** The same, with what another one says instead. */
  Context with(Context changes) {
    return new Context(
        changes.coordinator != null ? changes.coordinator : coordinator,
        changes.collector != null ? changes.collector : collector,
        changes.tokenFile != null ? changes.tokenFile : tokenFile,
        changes.caFile != null ? changes.caFile : caFile);
  }
}
