package io.windrow.cli.client;

import io.windrow.cli.terminal.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A workflow's file with what belongs to it. Its base files are read when the coordinator, which
 * reads the YAML, asks for them: only YAML files, and only from the workflow's own folder or from
 * folders that the user names.
 */
public final class WorkflowFiles {
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_BASES = 8;

  private final Path file;
  private final String text;
  private final Map<String, String> variables;
  private final List<Path> folders;
  private final Map<String, String> bases = new LinkedHashMap<>();

  /** What the coordinator takes. */
  record Request(
      String file, String workflow, Map<String, String> bases, Map<String, String> variables) {}

  /**
   * Reads the workflow's file.
   *
   * @param variables values of {@code {{ NAME }}}
   * @param folders where base files may lie, besides the file's own folder
   */
  public WorkflowFiles(Path file, Map<String, String> variables, List<Path> folders) {
    this.file = file;
    this.variables = Map.copyOf(variables);
    this.folders = List.copyOf(folders);
    this.text = read(file, "");
  }

  /** The workflow's text as it is in the file. */
  public String text() {
    return text;
  }

  Request request() {
    return new Request(String.valueOf(file.getFileName()), text, bases, variables);
  }

  /** Adds the base file that the coordinator asks for. */
  void add(BaseFileNeeded needed) {
    String name = needed.file();
    String where = needed.where() + "BASE_CONFIG_PATH: ";
    if (bases.containsKey(name) || bases.size() == MAX_BASES) {
      throw new UserError(where + name + " cannot be one more base file");
    }
    if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
      throw new UserError(where + name + " is not named like a YAML file (.yaml, .yml)");
    }
    try {
      Path base = file.toAbsolutePath().resolveSibling(name).normalize();
      if (Files.exists(base) && !allowed(base.toRealPath())) {
        throw new UserError(
            where
                + base
                + " lies outside of the workflow's folder: allow its folder with --base-folder");
      }
      bases.put(name, read(base, where));
    } catch (InvalidPathException e) {
      throw new UserError(where + name + " is not a path");
    } catch (IOException e) {
      throw new UserError(where + "cannot read " + name + ": " + e.getMessage());
    }
  }

  private boolean allowed(Path real) throws IOException {
    Path own = file.toAbsolutePath().getParent();
    if (own != null && real.startsWith(own.toRealPath())) {
      return true;
    }
    for (Path folder : folders) {
      if (Files.isDirectory(folder) && real.startsWith(folder.toRealPath())) {
        return true;
      }
    }
    return false;
  }

  private static String read(Path file, String where) {
    if (Files.isDirectory(file)) {
      throw new UserError(where + file + " is a folder: name the workflow's file");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new UserError(where + file + " is larger than 1 MiB: this is hardly a workflow");
      }
      String text = Files.readString(file);
      if (text.isBlank()) {
        throw new UserError(where + file + " is empty: it should hold a workflow");
      }
      return text;
    } catch (NoSuchFileException e) {
      throw new UserError(where + "no file " + file);
    } catch (CharacterCodingException e) {
      throw new UserError(where + file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new UserError(where + "cannot read " + file + ": " + e.getMessage());
    }
  }
}
