package dev.tutti.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The house keeps its rules. */
final class ArchitectureTest {
  private static final List<String> MODULES =
      List.of(
          "core",
          "host",
          "store-rocksdb",
          "wire",
          "runner",
          "services",
          "simulate",
          "deploy",
          "rehearse",
          "torture",
          "bench",
          "app");

  @TestFactory
  Stream<DynamicTest> rules() {
    List<Path> classes =
        MODULES.stream().map(module -> Path.of("..", module, "target", "classes")).toList();
    assertThat(classes).allSatisfy(folder -> assertThat(Files.isDirectory(folder)).isTrue());
    JavaClasses house = new ClassFileImporter().importPaths(classes);
    assertThat(house.size()).isGreaterThan(300);
    return new HouseRules("dev.tutti")
        .all().entrySet().stream()
            .map(
                rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(house)));
  }
}
