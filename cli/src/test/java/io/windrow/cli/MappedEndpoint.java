package io.windrow.cli;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;

/**
 * An address that a role answers, as its own handler mappings have it.
 *
 * @param root where the role listens
 * @param method of HTTP
 * @param pattern with {@code {names}} of what varies
 * @param parameters names of its query parameters; none if it takes any
 * @param body type of what it reads, or null
 * @param types media types of what it reads; none if it takes any
 */
record MappedEndpoint(
    String root,
    String method,
    String pattern,
    List<String> parameters,
    @Nullable Type body,
    List<String> types) {

  @Override
  public String toString() {
    return method + " " + pattern;
  }

  /** The same where another listens. */
  MappedEndpoint at(String otherRoot) {
    return new MappedEndpoint(otherRoot, method, pattern, parameters, body, types);
  }

  /** All that a role has mapped, in an order that does not change. */
  static List<MappedEndpoint> of(ConfigurableApplicationContext role) {
    String root =
        "http://127.0.0.1:" + role.getEnvironment().getRequiredProperty("local.server.port");
    List<MappedEndpoint> all = new ArrayList<>();
    for (RequestMappingInfoHandlerMapping mapping :
        role.getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
      for (Map.Entry<RequestMappingInfo, HandlerMethod> entry :
          mapping.getHandlerMethods().entrySet()) {
        all.addAll(of(root, entry.getKey(), entry.getValue()));
      }
    }
    all.sort(
        Comparator.comparing(MappedEndpoint::toString).thenComparing(e -> e.types().toString()));
    return all;
  }

  private static List<MappedEndpoint> of(
      String root, RequestMappingInfo info, HandlerMethod handler) {
    List<String> parameters = new ArrayList<>();
    MergedAnnotations.from(handler.getMethod()).stream(Parameter.class)
        .filter(said -> said.getEnum("in", ParameterIn.class) == ParameterIn.QUERY)
        .forEach(said -> parameters.add(said.getString("name")));
    Type body = null;
    for (MethodParameter parameter : handler.getMethodParameters()) {
      RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
      if (query != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
        String name = parameter.getParameter().getName();
        parameters.add(query.value().isEmpty() ? name : query.value());
      }
      if (parameter.hasParameterAnnotation(RequestBody.class)) {
        body = parameter.getGenericParameterType();
      }
    }
    List<String> types =
        info.getConsumesCondition().getConsumableMediaTypes().stream()
            .map(Object::toString)
            .sorted()
            .toList();
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    List<MappedEndpoint> all = new ArrayList<>();
    for (Object pattern : info.getPatternsCondition().getPatterns()) {
      for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
        all.add(
            new MappedEndpoint(root, method.name(), pattern.toString(), parameters, body, types));
      }
    }
    return all;
  }
}
