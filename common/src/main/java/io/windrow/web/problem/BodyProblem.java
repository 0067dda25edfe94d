package io.windrow.web.problem;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What is wrong with a JSON body: which field, what it must be, what it is. */
final class BodyProblem {
  private static final Pattern GIVEN = Pattern.compile("from ([A-Z][A-Za-z-]*) value");

  private BodyProblem() {}

  static ProblemDetail of(JacksonException e, SpellingHint hint) {
    if (e instanceof UnrecognizedPropertyException odd) {
      List<String> known =
          odd.getKnownPropertyIds() == null
              ? List.of()
              : odd.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      return Problems.unknownKey(odd.getPropertyName(), known, hint);
    }
    return Problems.problem(HttpStatus.BAD_REQUEST, "Bad request", words(e));
  }

  private static String words(JacksonException e) {
    String message = String.valueOf(e.getOriginalMessage());
    if (message.startsWith(
        "Trailing token")) { // also what Jackson says of a list in a list of texts
      return "The body holds more than one value, or a list where a text belongs"
          + location(e.getLocation())
          + ".";
    }
    if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
      return "%s must be %s%s."
          .formatted(
              place(e),
              Expected.of(mismatch.getTargetType()),
              mismatch instanceof InvalidFormatException wrong
                  ? ", not " + Quoted.of(String.valueOf(wrong.getValue()))
                  : given(message));
    }
    if (e instanceof StreamConstraintsException) {
      return "The body is JSON of a kind that is not read: " + message + ".";
    }
    return e instanceof StreamReadException
        ? "The body is not JSON" + location(e.getLocation()) + "."
        : "The body does not hold what belongs here" + location(e.getLocation()) + ".";
  }

  private static String location(TokenStreamLocation at) {
    return at == null || at.getLineNr() < 1
        ? ""
        : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String place(JacksonException e) {
    StringBuilder place = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        place.append('[').append(step.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return place.isEmpty() ? "The body" : Quoted.of(place.toString());
  }

  private static String given(String message) {
    Matcher given = GIVEN.matcher(message);
    if (!given.find()) {
      return "";
    }
    return switch (given.group(1)) {
      case "Object" -> ", not an object";
      case "Array" -> ", not a list";
      case "String" -> ", not a text";
      case "Boolean" -> ", not true or false";
      case "Integer", "Floating-point" -> ", not a number of this kind";
      default -> "";
    };
  }
}
