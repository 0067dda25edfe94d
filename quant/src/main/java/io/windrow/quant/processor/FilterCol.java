package io.windrow.quant.processor;

import io.windrow.quant.panel.PanelEditor;
import io.windrow.quant.panel.Part;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps of a group the columns of these names. As in Qlib only names count: a column outside of the
 * group stays unless it has the name of a column inside.
 */
record FilterCol(FieldsGroup group, Set<String> names) implements Processor {

  FilterCol {
    names = Set.copyOf(names);
  }

  @Override
  public void process(PanelEditor panel) {
    Set<String> inside = new HashSet<>();
    group.parts().forEach(part -> inside.addAll(panel.columns(part)));
    for (Part part : Part.values()) {
      panel.keepColumns(part, name -> names.contains(name) || !inside.contains(name));
    }
  }
}
