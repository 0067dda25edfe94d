package io.windrow.collector.api;

import io.windrow.startup.ProgramVersion;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which program this is. */
@RestController
@RequestMapping("/api/v1/version")
class VersionController {

  /**
   * The program.
   *
   * @param role {@code collector}
   * @param version its version
   */
  record Version(String role, String version) {}

  /** Which version runs. */
  @GetMapping
  Version version() {
    return new Version("collector", ProgramVersion.of(VersionController.class));
  }
}
