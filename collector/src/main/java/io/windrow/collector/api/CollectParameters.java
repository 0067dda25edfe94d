package io.windrow.collector.api;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameters that {@link CollectQuery} reads. */
@Parameter(
    name = "ensemble",
    in = ParameterIn.QUERY,
    description =
        "How windows are put together, one after the other: rolling, average, single; between"
            + " commas. Empty leaves each window by itself.",
    schema = @Schema(type = "string"))
@Parameter(
    name = "key",
    in = ParameterIn.QUERY,
    description = "Paths of the definition that tell groups apart, as model.class; between commas.",
    schema = @Schema(type = "string"))
@Parameter(
    name = "artifacts",
    in = ParameterIn.QUERY,
    description = "What is collected: pred, label; between commas.",
    schema = @Schema(type = "string"))
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface CollectParameters {}
