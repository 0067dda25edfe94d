package io.windrow.cli;

import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code windrow completion}: what a shell needs to complete the commands. */
@Command(
    name = "completion",
    description = {
      "Prints the script with which a shell completes commands and options. For bash:",
      "source <(windrow completion bash)",
      "and the same with zsh in ~/.zshrc, after compinit."
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Which shell. */
  enum Shell {
    BASH,
    ZSH
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  CompletionCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    if (shell == Shell.ZSH) {
      // The script below is bash's; zsh reads it with this on.
      out.println("autoload -U +X bashcompinit && bashcompinit");
    }
    CommandLine root = new CommandLine(spec.root());
    out.print(AutoComplete.bash("windrow", root));
    out.flush();
  }
}
