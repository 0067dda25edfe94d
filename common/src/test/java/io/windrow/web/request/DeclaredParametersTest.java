package io.windrow.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

class DeclaredParametersTest {

  /** Handlers of all kinds. */
  static class Handlers {
    public void named(
        @PathVariable String id, @RequestParam int limit, @RequestParam("pool") String inPool) {}

    public void any(@RequestParam Map<String, String> query) {}

    @Parameter(in = ParameterIn.QUERY, name = "tag")
    @Parameter(in = ParameterIn.HEADER, name = "Range")
    public void described(@RequestParam Map<String, String> query, @RequestParam int limit) {}
  }

  private static DeclaredParameters of(String method, Class<?>... types) throws Exception {
    return DeclaredParameters.of(
        new HandlerMethod(new Handlers(), Handlers.class.getMethod(method, types)));
  }

  @Test
  void they_have_the_names_that_requests_use() throws Exception {
    DeclaredParameters named = of("named", String.class, int.class, String.class);

    assertThat(named.names()).containsExactly("limit", "pool");
    assertThat(named.open()).isFalse();
  }

  @Test
  void a_map_takes_any_unless_its_keys_are_described() throws Exception {
    assertThat(of("any", Map.class).open()).isTrue();

    DeclaredParameters described = of("described", Map.class, int.class);
    assertThat(described.open()).isFalse();
    assertThat(described.names()).containsExactly("limit", "tag");
  }
}
