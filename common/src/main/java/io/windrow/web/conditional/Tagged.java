package io.windrow.web.conditional;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.HttpHeaders;

/** Says of a handler that its answers have an ETag, and are 304 to those who have that answer. */
@Parameter(
    name = HttpHeaders.IF_NONE_MATCH,
    in = ParameterIn.HEADER,
    description = "ETags of what the caller has; 304 if the answer is still one of these.",
    schema = @Schema(type = "string"))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tagged {}
