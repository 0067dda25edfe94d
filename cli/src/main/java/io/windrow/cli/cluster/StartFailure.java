package io.windrow.cli.cluster;

import io.windrow.cli.terminal.UserError;
import io.windrow.embedded.EmbeddedStartException;
import io.windrow.startup.UnreachableException;
import io.windrow.web.security.InsecureBindingException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Why a role or a server did not start, in lines for people. */
public final class StartFailure {
  private static final Map<String, String> ADDRESSES =
      Map.of(
          "spring.mongodb.uri", "--mongodb=URI or WINDROW_MONGODB_URI",
          "spring.kafka.bootstrap-servers", "--kafka=HOST:PORT or WINDROW_KAFKA");

  private StartFailure() {}

  /**
   * The error to show.
   *
   * @param what what was to start, for example {@code worker}
   * @param portOption the option that gives it another port
   */
  public static UserError explain(String what, String portOption, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError known) {
        return known;
      }
      if (cause instanceof UnreachableException away) {
        String option = ADDRESSES.getOrDefault(away.setting(), "--" + away.setting() + "=...");
        return new UserError(
            List.of(
                what + ": " + away.getMessage(),
                away.listens() ? away.remedy() : "start it, or say where it is with " + option));
      }
      if (cause instanceof InsecureBindingException open) {
        return new UserError(List.of(what + ": " + open.getMessage(), open.remedy()));
      }
      if (cause instanceof EmbeddedStartException refused) {
        return new UserError(refused.getMessage() + "");
      }
      if (cause instanceof PortInUseException taken) {
        return new UserError(
            "%s: port %d is in use; choose another with %s, or 0 for any free one"
                .formatted(what, taken.getPort(), portOption));
      }
      if (cause instanceof BindException) {
        return new UserError(
            "%s: its port is in use; choose another with %s, or 0 for any free one (%s)"
                .formatted(what, portOption, cause.getMessage()));
      }
      if (cause instanceof BindValidationException invalid) {
        List<String> lines = new ArrayList<>();
        for (ObjectError error : invalid.getValidationErrors()) {
          lines.add(setting(what, invalid.getValidationErrors().getName().toString(), error));
        }
        return new UserError(lines);
      }
    }
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return new UserError(
        "%s did not start: %s (--verbose tells more)"
            .formatted(
                what,
                message == null
                    ? root.getClass().getSimpleName()
                    : message.lines().findFirst().orElse("")));
  }

  private static String setting(String what, String prefix, ObjectError error) {
    String name = error instanceof FieldError field ? prefix + "." + field.getField() : prefix;
    Object value = error instanceof FieldError field ? field.getRejectedValue() : null;
    return "%s: setting %s=%s: %s".formatted(what, name, value, error.getDefaultMessage());
  }
}
