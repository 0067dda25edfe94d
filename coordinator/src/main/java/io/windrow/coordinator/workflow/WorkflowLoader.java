package io.windrow.coordinator.workflow;

import io.windrow.coordinator.workflow.YamlDocument.Place;
import io.windrow.quant.definition.Section;
import io.windrow.task.Overlay;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders a workflow's files and lays them over each other as Qlib does: maps are merged key by
 * key, everything else is replaced whole, lists too, and {@code __DROP__} removes a key. Aliases
 * are followed before, within each file. Other than in Qlib a base file is rendered as well and may
 * have a base of its own.
 */
final class WorkflowLoader {
  static final String BASE = "BASE_CONFIG_PATH";
  static final int MAX_BASES = 8;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /**
   * A workflow's values.
   *
   * @param document what its files come to
   * @param text one file that says the same without bases and variables
   * @param unused variables that were given for nothing
   */
  record Loaded(YamlDocument document, String text, Set<String> unused) {}

  private final WorkflowSource source;
  private final Template template;

  private WorkflowLoader(WorkflowSource source) {
    this.source = source;
    this.template = new Template(source.variables());
  }

  /**
   * Loads a workflow.
   *
   * @throws BaseFileMissing if a base file was not sent along
   * @throws WorkflowException if nothing can be made of it
   */
  static Loaded load(WorkflowSource source) {
    WorkflowLoader loader = new WorkflowLoader(source);
    String text = loader.template.render(source.text());
    YamlDocument own = YamlReader.read(text);
    if (own.root().get(BASE) == null) {
      own.root().remove(BASE);
      return new Loaded(own, text, loader.template.unused());
    }
    YamlDocument merged = loader.withBases(own);
    String whole = JSON.writeValueAsString(merged.root()); // JSON is YAML
    if (whole.length() > YamlReader.MAX_BYTES) {
      throw new WorkflowException(
          List.of(merged.locate("", "the file is larger than 1 MiB together with its bases")));
    }
    return new Loaded(merged, whole, loader.template.unused());
  }

  private YamlDocument withBases(YamlDocument own) {
    YamlDocument merged = own;
    Set<String> files = new LinkedHashSet<>(Set.of(plain(source.file())));
    String from = plain(source.file());
    Object named = own.root().remove(BASE);
    while (named != null) {
      Place place = merged.place(BASE);
      String base = resolve(from, named, place);
      if (!files.add(base)) {
        throw problem(
            place, "goes round in a circle: " + String.join(" -> ", files) + " -> " + base);
      }
      if (files.size() > MAX_BASES + 1) {
        throw problem(place, "is the ninth base file in a row; 8 are allowed");
      }
      YamlDocument under = read(base, place);
      named = under.root().remove(BASE);
      merged = merge(under, merged);
      from = base;
    }
    return merged;
  }

  private YamlDocument read(String base, Place place) {
    String text = source.bases().get(base);
    if (text == null) {
      throw new BaseFileMissing(
          base,
          new WorkflowProblem(
              place.line(),
              BASE,
              "the base file " + Section.quote(base) + " was not sent along with the workflow",
              place.file()));
    }
    try {
      return YamlReader.read(template.render(text)).in(base);
    } catch (WorkflowException e) {
      throw new WorkflowException(e.problems().stream().map(p -> p.in(base)).toList());
    }
  }

  private static YamlDocument merge(YamlDocument base, YamlDocument own) {
    Map<String, Place> places = new HashMap<>(base.places());
    own.places().forEach(places::put);
    List<WorkflowProblem> problems = new ArrayList<>(base.problems());
    problems.addAll(own.problems());
    if (!base.places().containsKey(BASE)) {
      places.remove(BASE);
    } else {
      places.put(BASE, base.place(BASE));
    }
    return new YamlDocument(Overlay.merge(base.root(), own.root()), places, problems);
  }

  private static String resolve(String from, Object named, Place place) {
    if (!(named instanceof String text) || text.isBlank()) {
      throw problem(place, "must be the path of a file, not " + Section.quote(named));
    }
    try {
      return plain(Path.of(from).resolveSibling(text).toString());
    } catch (InvalidPathException e) {
      throw problem(place, "is not a path: " + Section.quote(text));
    }
  }

  /** The path without detours. It is only compared: no file is read. */
  private static String plain(String path) {
    return Path.of(path).normalize().toString().replace('\\', '/');
  }

  private static WorkflowException problem(Place place, String message) {
    return new WorkflowException(
        List.of(new WorkflowProblem(place.line(), BASE, message, place.file())));
  }
}
