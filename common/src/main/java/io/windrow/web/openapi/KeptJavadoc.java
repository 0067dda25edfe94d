package io.windrow.web.openapi;

import java.util.Map;
import org.springdoc.core.providers.SpringDocJavadocProvider;

/** The javadoc that was kept at compilation. The library's reader stumbles over arrays. */
final class KeptJavadoc extends SpringDocJavadocProvider {

  @Override
  public String getClassJavadoc(Class<?> type) {
    return type.isArray() ? "" : super.getClassJavadoc(type);
  }

  @Override
  public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
    return type.isArray() ? Map.of() : super.getRecordClassParamJavadoc(type);
  }
}
