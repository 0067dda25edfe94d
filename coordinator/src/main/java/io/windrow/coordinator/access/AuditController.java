package io.windrow.coordinator.access;

import io.windrow.web.problem.Problems;
import io.windrow.web.security.AuditEntry;
import io.windrow.web.security.AuditLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who changed what and when. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {
  private static final int MOST = 1_000;

  private final AuditLog audit;

  AuditController(AuditLog audit) {
    this.audit = audit;
  }

  /**
   * The newest changes, newest first. The header {@code Windrow-Next} says where the next page
   * begins; it is missing on the last.
   *
   * @param limit at most so many, 1 to 1,000
   * @param after where the page begins
   */
  @GetMapping
  Mono<ResponseEntity<List<AuditEntry>>> list(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String after) {
    if (limit < 1 || limit > MOST) {
      throw Problems.badRequest("limit must be 1 to " + MOST + ", is " + limit + ".");
    }
    // One more than asked for tells whether there is a next page.
    return Mono.defer(() -> audit.list(limit + 1, after).collectList())
        .onErrorMap(
            IllegalArgumentException.class,
            e -> Problems.badRequest(String.valueOf(e.getMessage())))
        .map(found -> page(found, limit));
  }

  private static ResponseEntity<List<AuditEntry>> page(List<AuditEntry> found, int limit) {
    if (found.size() <= limit) {
      return ResponseEntity.ok(found);
    }
    List<AuditEntry> page = found.subList(0, limit);
    return ResponseEntity.ok().header("Windrow-Next", page.get(limit - 1).id()).body(page);
  }
}
