package io.windrow.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work folders of this process and of one that is killed, which only an operating system tells. */
class WorkFolderIT {
  @TempDir Path root;

  @BeforeEach
  void realPath() throws IOException {
    root = root.toRealPath();
  }

  @Test
  void own_folders_stay_until_they_are_closed() throws IOException {
    try (WorkFolder folder = WorkFolder.create(root, false)) {
      WorkFolder.sweep(root);
      WorkFolder.sweep(root);
      assertThat(folder.path()).isDirectory();
    }
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void a_kept_folder_is_nobodys_leftover() throws IOException {
    try (WorkFolder folder = WorkFolder.create(root, true)) {
      Files.writeString(folder.path().resolve("trace"), "x");
    }
    WorkFolder.sweep(root);

    assertThat(root).isDirectoryRecursivelyContaining("glob:**/trace");
  }

  @Test
  void only_what_a_dead_process_left_is_deleted() throws Exception {
    Files.createDirectory(root.resolve("attempt-of-somebody-else"));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    try {
      String folder = other.inputReader().lines().filter(l -> l.startsWith("/")).findFirst().get();
      WorkFolder.sweep(root);
      assertThat(Path.of(folder)).as("its process lives").isDirectoryContaining("glob:**/data");

      other.destroyForcibly().waitFor();
      WorkFolder.sweep(root);
    } finally {
      other.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left).containsExactly(root.resolve("attempt-of-somebody-else"));
    }
  }

  /** Makes a work folder and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      WorkFolder folder = WorkFolder.create(Path.of(args[0]), false);
      Files.writeString(folder.path().resolve("data"), "x");
      System.out.println(folder.path());
      System.in.read();
    }
  }
}
