package io.windrow.coordinator.api;

import io.windrow.coordinator.doctor.Doctor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How the cluster is, for people who look for a mistake. */
@RestController
@RequestMapping("/api/v1/diagnosis")
class DiagnosisController {
  private final Doctor doctor;

  DiagnosisController(Doctor doctor) {
    this.doctor = doctor;
  }

  /** Everything the coordinator can see, each with what to do. Always 200. */
  @GetMapping
  Mono<Doctor.Report> diagnosis() {
    return doctor.look();
  }
}
