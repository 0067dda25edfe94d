package io.windrow.quant.data.health;

import java.util.List;

/**
 * What was found about a folder as a whole.
 *
 * @param bars length of the calendar; 0 if it cannot be read
 * @param first first bar of the calendar, empty if it cannot be read
 * @param last last bar of the calendar, empty if it cannot be read
 * @param instruments how many instruments were checked
 * @param findings those that concern no single instrument
 */
public record FolderHealth(
    int bars, String first, String last, int instruments, List<Finding> findings) {

  public FolderHealth {
    findings = List.copyOf(findings);
  }
}
