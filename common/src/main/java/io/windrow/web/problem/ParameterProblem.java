package io.windrow.web.problem;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;

/** What is wrong with a parameter, by its name. */
final class ParameterProblem {
  /** So Spring begins. */
  private static final String NO_BODY = "No request body";

  private ParameterProblem() {}

  /** A parameter that is not there. */
  static ProblemDetail missing(MissingRequestValueException e) {
    return Problems.problem(
        HttpStatus.BAD_REQUEST,
        "Bad request",
        "The %s '%s' is missing: %s."
            .formatted(e.getLabel(), e.getName(), Expected.of(e.getType())));
  }

  /** A parameter or body that cannot be read; null if it is neither. */
  static @Nullable ProblemDetail unreadable(ServerWebInputException e) {
    MethodParameter parameter = e.getMethodParameter();
    if (parameter == null) {
      return null;
    }
    if (e.getCause() instanceof TypeMismatchException mismatch) {
      return Problems.problem(
          HttpStatus.BAD_REQUEST,
          "Bad request",
          "%s must be %s, not %s."
              .formatted(
                  name(parameter),
                  Expected.of(parameter.nestedIfOptional().getNestedParameterType()),
                  Quoted.of(String.valueOf(mismatch.getValue()))));
    }
    if (!parameter.hasParameterAnnotation(RequestBody.class)) {
      return null;
    }
    String cause = e.getCause() == null ? "" : String.valueOf(e.getCause().getMessage());
    return Problems.problem(
        HttpStatus.BAD_REQUEST,
        "Bad request",
        (cause.startsWith(NO_BODY) ? "The request has no body" : "The body cannot be read")
            + "; expected is "
            + Expected.of(parameter.getNestedParameterType())
            + ".");
  }

  private static String name(MethodParameter parameter) {
    RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
    PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
    String given = query != null ? query.value() : path != null ? path.value() : "";
    String name = given.isEmpty() ? parameter.getParameter().getName() : given;
    return path == null ? name : "'" + name + "' in the address";
  }
}
