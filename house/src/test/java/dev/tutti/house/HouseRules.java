package dev.tutti.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rules of the house, for any root package, so that planted violations can be held to them. */
final class HouseRules {
  /** Strangers to each other; everything else in core is shared ground. */
  private static final List<String> DOMAINS =
      List.of(
          "workflow",
          "events",
          "functions",
          "messaging",
          "queues",
          "contexts",
          "connections",
          "scheduler",
          "secrets",
          "logs",
          "mappings");

  private final String root;

  HouseRules(String root) {
    this.root = root;
  }

  /** All rules by name. */
  Map<String, ArchRule> all() {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    for (String domain : DOMAINS) {
      rules.put("the domain " + domain + " knows no other", domainIsAStranger(domain));
    }
    rules.put("core imports nothing of the house", mayOnlyImport("core", "core"));
    rules.put(
        "the kernel imports JSON alone", mayOnlyImport("core.kernel", "core.kernel", "core.json"));
    rules.put("core is pure", coreIsPure());
    rules.put(
        "host knows the kernel alone", mayOnlyImport("host", "host", "core.kernel", "core.json"));
    rules.put("the store knows the host", mayOnlyImport("store", "store", "host", "core.kernel"));
    rules.put("wire knows JSON alone", mayOnlyImport("wire", "wire", "core.json"));
    rules.put("runner knows nobody", mayOnlyImport("runner", "runner"));
    rules.put(
        "services join", mayOnlyImport("services", "services", "core", "host", "wire", "runner"));
    rules.put(
        "the simulation drives what is joined",
        mayOnlyImport("simulate", "simulate", "core", "host", "services", "wire"));
    rules.put(
        "a rehearsal knows what is joined",
        mayOnlyImport("rehearse", "rehearse", "core", "runner"));
    rules.put(
        "the judge knows no services",
        mayOnlyImport("simulate.judge", "simulate.judge", "core", "host"));
    rules.put(
        "the bench measures from outside",
        mayOnlyImport("bench", "bench", "core", "host", "store", "wire"));
    rules.put(
        "torture knows no services",
        mayOnlyImport("torture", "torture", "core", "host", "store", "simulate.judge"));
    rules.put(
        "deploy goes through the door", mayOnlyImport("deploy", "deploy", "wire", "core.json"));
    rules.put("deploy sees of wire the door alone", deploySeesTheDoorAlone());
    rules.put("nobody imports app", nobodyImportsApp());
    rules.put(
        "the pattern library is in one file", confined("software.amazon.event.ruler", "Patterns"));
    rules.put("the path library is in one file", confined("com.jayway.jsonpath", "QueryPath"));
    rules.put(
        "the query library is in two files", confined("com.dashjoin", "Jsonata", "JsonataLibrary"));
    rules.put(
        "the regular expression library is in one file", confined("com.google.re2j", "Regex"));
    rules.put("no cycles between packages", noCycles());
    return rules;
  }

  private ArchRule domainIsAStranger(String domain) {
    String[] others =
        DOMAINS.stream()
            .filter(other -> !other.equals(domain))
            .map(other -> root + ".core." + other + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(root + ".core." + domain + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true);
  }

  /** Of the house, a module may import only some modules. */
  private ArchRule mayOnlyImport(String module, String... allowed) {
    return classes()
        .that()
        .resideInAPackage(root + "." + module + "..")
        .should()
        .onlyDependOnClassesThat(outsideTheHouseOr(allowed))
        .allowEmptyShould(true);
  }

  private DescribedPredicate<JavaClass> outsideTheHouseOr(String... allowed) {
    List<String> prefixes = Stream.of(allowed).map(module -> root + "." + module).toList();
    return DescribedPredicate.describe(
        "are outside " + root + " or in " + prefixes,
        type -> {
          String name = type.getPackageName();
          return !name.startsWith(root + ".")
              || prefixes.stream().anyMatch(p -> name.equals(p) || name.startsWith(p + "."));
        });
  }

  /** No clock, thread, socket, file, logger or random of its own. */
  private ArchRule coreIsPure() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.net.http..", "java.nio.file..", "org.slf4j..", "java.util.logging..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.Thread")
        .orShould()
        .callConstructor(java.util.Random.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the time or chance is taken from the machine",
                call -> isMachine(call.getTargetOwner().getName(), call.getTarget())))
        .allowEmptyShould(true);
  }

  private static boolean isMachine(String owner, HasName target) {
    return switch (owner + "." + target.getName()) {
      case "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current" ->
          true;
      default -> false;
    };
  }

  private ArchRule deploySeesTheDoorAlone() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".deploy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(root + ".wire.http..", root + ".wire.protocol..", root + ".wire.auth..")
        .allowEmptyShould(true);
  }

  private ArchRule nobodyImportsApp() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(root + ".app..")
        .allowEmptyShould(true);
  }

  private ArchRule confined(String library, String... files) {
    return noClasses()
        .that()
        .resideInAPackage(root + ".core..")
        .and(
            DescribedPredicate.describe(
                "are not in " + String.join(" or ", files) + ".java",
                type -> !List.of(files).contains(outermost(type).getSimpleName())))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library + "..")
        .allowEmptyShould(true);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(HouseRules::outermost).orElse(type);
  }

  private ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
  }
}
