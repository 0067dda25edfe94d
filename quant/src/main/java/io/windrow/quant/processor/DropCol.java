package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;
import java.util.Set;

/**
 * Drops the columns of these names, features and labels alike. One that is not there is no error.
 */
record DropCol(Set<String> names) implements Processor {

  DropCol {
    names = Set.copyOf(names);
  }

  @Override
  public void process(PanelEditor panel) {
    for (Part part : Part.values()) {
      panel.keepColumns(part, name -> !names.contains(name));
    }
  }
}
