package io.windrow.coordinator.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2, as Qlib's reader does, from people we need not trust: bounded in size, depth and
 * expansion, no tags but the standard ones, no object but plain values.
 */
final class YamlReader {
  /** Largest file, in bytes of UTF-8. */
  static final int MAX_BYTES = 1 << 20;

  /** Deepest nesting. */
  static final int MAX_DEPTH = 50;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new SchemaWithoutMerge())
          .setCodePointLimit(MAX_BYTES)
          .setMaxAliasesForCollections(1000)
          .setUseMarks(true)
          .build();

  private YamlReader() {}

  /**
   * Reads a file.
   *
   * @throws WorkflowException if nothing can be made of it
   */
  static YamlDocument read(String text) {
    if (text.length() > MAX_BYTES || text.getBytes(UTF_8).length > MAX_BYTES) {
      throw new WorkflowException(1, "", "the file is larger than 1 MiB");
    }
    try {
      YamlNesting.check(new Parse(SETTINGS).parseString(text), MAX_DEPTH);
      Optional<Node> root = compose(text);
      if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
        throw new WorkflowException(
            1, "", "the file must be a map with the keys qlib_init and task");
      }
      return YamlTree.plain(mapping);
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw new WorkflowException(
          mark.map(m -> m.getLine() + 1).orElse(1), "", "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new WorkflowException(1, "", "not YAML: " + e.getMessage());
    }
  }

  private static Optional<Node> compose(String text) {
    Iterator<Node> documents = new Compose(SETTINGS).composeAllFromString(text).iterator();
    Optional<Node> first = documents.hasNext() ? Optional.of(documents.next()) : Optional.empty();
    if (documents.hasNext()) {
      throw new WorkflowException(
          YamlTree.line(documents.next()), "", "the file holds more than one YAML document");
    }
    return first;
  }

  /**
   * YAML's core schema, but for merge keys: the library expands them without a bound, so {@link
   * YamlTree} does it.
   */
  private static final class SchemaWithoutMerge extends CoreSchema {
    @Override
    public ScalarResolver getScalarResolver() {
      return new CoreScalarResolver(false);
    }
  }
}
