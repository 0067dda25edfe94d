package io.windrow.web.conditional;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpHeaders;

/** Says of a handler that it heeds {@code If-Match}: 412 if what it changes is another by now. */
@Parameter(
    name = HttpHeaders.IF_MATCH,
    in = ParameterIn.HEADER,
    description = "ETag of what the caller has looked at; 412 if that has changed since.",
    schema = @Schema(type = "string"))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Guarded {}
