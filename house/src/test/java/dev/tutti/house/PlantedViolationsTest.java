package dev.tutti.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule bites: the classes under {@code planted} break them, one by one. */
final class PlantedViolationsTest {
  private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("planted");
  private static final Map<String, ArchRule> RULES = new HouseRules("planted").all();

  private static ArchRule rule(String name) {
    return Objects.requireNonNull(RULES.get(name), name);
  }

  @ParameterizedTest
  @CsvSource({
    "the domain workflow knows no other, WorkflowThatKnowsEvents",
    "core imports nothing of the house, EventsThatKnowHost",
    "the kernel imports JSON alone, KernelThatKnowsEvents",
    "core is pure, ClockReader",
    "core is pure, FileReader",
    "host knows the kernel alone, HostThatKnowsEvents",
    "wire knows JSON alone, WireThatKnowsEvents",
    "runner knows nobody, RunnerThatKnowsWire",
    "services join, ServiceThatKnowsApp",
    "deploy goes through the door, DeployThatKnowsServices",
    "the judge knows no services, JudgeThatKnowsServices",
    "nobody imports app, ServiceThatKnowsApp",
    "the path library is in one file, PathUser",
    "the query library is in two files, QueryUser",
    "no cycles between packages, Cycle detected",
  })
  void isCaught(String rule, String culprit) {
    var result = rule(rule).evaluate(PLANTED);

    assertThat(result.hasViolation()).isTrue();
    assertThat(result.getFailureReport().toString()).contains(culprit);
  }

  @Test
  void aRuleThatNothingBreaksHolds() {
    assertThat(rule("the domain events knows no other").evaluate(PLANTED).hasViolation()).isFalse();
  }
}
