package io.windrow.quant.reference;

import io.windrow.quant.definition.DefinitionException;
import java.util.List;

/** Where a run reads the artifacts that its definition refers to. */
@FunctionalInterface
public interface ArtifactSource {

  /** For runs on their own: every reference is an error. */
  ArtifactSource NONE =
      (reference, where, names) -> {
        throw new DefinitionException(where, "there are no recorders here to read it from");
      };

  /**
   * An artifact.
   *
   * @param recorder id of the recorder it was found in
   * @param path its path there
   * @param bytes what it holds; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed from reader to model once, never compared
  record Artifact(String recorder, String path, byte[] bytes) {

    /** Recorder and path, for people. */
    public String place() {
      return recorder + "/" + path;
    }
  }

  /**
   * Reads what a reference means.
   *
   * @param where its place in the definition, for errors
   * @param names paths to try in this order if the reference has none
   * @throws DefinitionException if there is no such artifact
   */
  Artifact read(Reference reference, String where, List<String> names);
}
