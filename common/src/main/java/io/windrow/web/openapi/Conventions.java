package io.windrow.web.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.windrow.web.idempotency.IdempotencyKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.http.HttpHeaders;

/** Adds what holds for every operation, and what its address says of it. */
final class Conventions implements OpenApiCustomizer {
  private static final String ROOT = "/api/v1/";
  private static final String PROBLEM = "Problem";

  @Override
  public void customise(OpenAPI document) {
    document.getComponents().getSchemas().values().forEach(Conventions::prose);
    document.getComponents().addSchemas(PROBLEM, problem());
    document
        .getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> operation(path, method, operation)));
  }

  private static void operation(String path, HttpMethod method, Operation operation) {
    operation.setTags(List.of(tag(path)));
    operation.setOperationId(id(path, method));
    operation
        .getResponses()
        .addApiResponse("4XX", error("What is wrong with the request, and what to do."))
        .addApiResponse("503", error("The store or the broker does not answer: ask again."));
    operation.setSummary(Prose.of(operation.getSummary()));
    String description = Prose.of(operation.getDescription());
    operation.setDescription(
        description == null || description.equals(operation.getSummary()) ? null : description);
    for (Parameter parameter : parameters(operation)) {
      parameter.setDescription(Prose.of(parameter.getDescription()));
      if (HttpHeaders.IF_NONE_MATCH.equals(parameter.getName())) {
        tagged(operation.getResponses());
      }
    }
    if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
      operation.getRequestBody().getContent().forEach(Conventions::text);
    }
    if (method == HttpMethod.POST) {
      operation.addParametersItem(idempotencyKey());
      operation.getResponses().forEach((status, response) -> replayed(status, response));
    }
  }

  /** The first part of the address: what it is about. */
  private static String tag(String path) {
    String rest = path.startsWith(ROOT) ? path.substring(ROOT.length()) : path.substring(1);
    int slash = rest.indexOf('/');
    return slash < 0 ? rest : rest.substring(0, slash);
  }

  /** Of method and address alone, so that it stays when handlers are renamed. */
  private static String id(String path, HttpMethod method) {
    StringBuilder id = new StringBuilder(method.name().toLowerCase(Locale.ROOT));
    for (String part :
        path.substring(path.startsWith(ROOT) ? ROOT.length() : 1).split("\\W+", -1)) {
      if (!part.isEmpty()) {
        id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
      }
    }
    return id.toString();
  }

  /** A body that is read as bytes is a text as it stands, not in base 64. */
  private static void text(String type, MediaType content) {
    if (!type.contains("json") && content.getSchema() != null) {
      content.getSchema().setFormat(null);
    }
  }

  private static void prose(Schema<?> schema) {
    schema.setDescription(Prose.of(schema.getDescription()));
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(Conventions::prose);
    }
  }

  private static List<Parameter> parameters(Operation operation) {
    return operation.getParameters() == null ? List.of() : operation.getParameters();
  }

  private static void tagged(ApiResponses responses) {
    Header tag =
        new Header().description("Another one after every change").schema(new StringSchema());
    responses.forEach(
        (status, response) -> {
          if (status.startsWith("2")) {
            response.addHeaderObject(HttpHeaders.ETAG, tag);
          }
        });
    responses.addApiResponse(
        "304",
        new ApiResponse()
            .description("It is what the caller has.")
            .addHeaderObject(HttpHeaders.ETAG, tag));
  }

  private static void replayed(String status, ApiResponse response) {
    if (status.startsWith("2")) {
      response.addHeaderObject(
          IdempotencyKey.REPLAYED,
          new Header()
              .description("true if this is the answer to an earlier request with the same key")
              .schema(new StringSchema()));
    }
  }

  private static HeaderParameter idempotencyKey() {
    HeaderParameter header = new HeaderParameter();
    header
        .name(IdempotencyKey.HEADER)
        .description(
            "Chosen by the caller. The same request with the same key within a day is carried out"
                + " once and answered alike; another request with it is a 422.")
        .required(false)
        .schema(new StringSchema().maxLength(IdempotencyKey.LONGEST));
    return header;
  }

  private static ApiResponse error(String description) {
    return new ApiResponse()
        .description(description)
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
  }

  private static Schema<?> problem() {
    return new Schema<>()
        .types(Set.of("object"))
        .description("RFC 9457. Some errors have further properties.")
        .addProperty("type", new StringSchema())
        .addProperty("title", new StringSchema().description("The kind of error."))
        .addProperty("status", new IntegerSchema())
        .addProperty("detail", new StringSchema().description("What is wrong, and what to do."))
        .addProperty("instance", new StringSchema().description("The address asked for."));
  }
}
