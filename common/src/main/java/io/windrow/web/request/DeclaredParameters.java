package io.windrow.web.request;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * The query parameters that a handler declares: its {@link RequestParam}s, and what {@link
 * Parameter} says of one that takes all of them in a map.
 *
 * @param names sorted
 * @param open it takes any, and does not say which
 */
record DeclaredParameters(Set<String> names, boolean open) {

  static DeclaredParameters of(HandlerMethod handler) {
    Set<String> names = new TreeSet<>();
    MergedAnnotations.from(handler.getMethod()).stream(Parameter.class)
        .filter(said -> said.getEnum("in", ParameterIn.class) == ParameterIn.QUERY)
        .map(said -> said.getString("name"))
        .forEach(names::add);
    boolean described = !names.isEmpty();
    boolean open = false;
    for (MethodParameter parameter : handler.getMethodParameters()) {
      RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
      if (query == null) {
        open |= parameter.hasParameterAnnotation(ModelAttribute.class);
      } else if (query.name().isEmpty()
          && Map.class.isAssignableFrom(parameter.getParameterType())) {
        open |= !described;
      } else {
        String given = query.name();
        names.add(given.isEmpty() ? parameter.getParameter().getName() : given);
      }
    }
    return new DeclaredParameters(names, open);
  }
}
