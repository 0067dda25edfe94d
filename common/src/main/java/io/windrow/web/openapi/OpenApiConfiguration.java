package io.windrow.web.openapi;

import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.providers.JavadocProvider;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What springdoc needs to describe a role. */
@Configuration(proxyBeanMethods = false)
public class OpenApiConfiguration {

  @Bean
  OpenAPI openApi(@Value("${spring.application.name}") String role) {
    return new OpenAPI()
        .info(
            new Info()
                .title(role)
                .version("v1")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .servers(List.of(new Server().url("/"))); // no host: the same document everywhere
  }

  @Bean
  JavadocProvider javadocProvider() {
    return new KeptJavadoc();
  }

  @Bean
  OpenApiCustomizer conventions() {
    return new Conventions();
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE) // the last to be asked: springdoc's own add to what it finds
  ModelResolver modelResolver(ObjectMapperProvider mappers) {
    return new ModelResolver(mappers.jsonMapper(), new NestedNames()).openapi31(true);
  }
}
