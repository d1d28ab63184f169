package dev.tutti.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class SecretsTest {
  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of("secrets", () -> new Stage().plays(new Secrets()));
  }

  @Test
  void factsAreAsReleased() {
    GoldenFacts.check("secrets", SecretFact.class);
  }

  @Test
  void whatIsSealedIsNotPrinted() {
    assertThat(new SealedValue("v1", "v1.sealed", "v1.digest").toString())
        .doesNotContain("sealed", "digest");
  }

  @Test
  void anArnIsReadWithAndWithoutItsSuffix() {
    SecretName name = new SecretName("us-east-1", "111111111111", "shop/db");
    assertThat(SecretName.parse(name.partialArn())).contains(name);
    assertThat(SecretName.parse(name.arn("a1B2c3")).flatMap(SecretName::suffixed))
        .contains(new SecretName.InArn(name, "a1B2c3"));
    assertThat(SecretName.parse("shop/db")).isEmpty();
    assertThat(name.suffixed()).isEmpty();
  }

  @Test
  void onlySoManyVersionsWithoutALabelAreKept() {
    Map<String, SecretVersion> versions = new LinkedHashMap<>();
    for (int i = 0; i < 150; i++) {
      versions =
          new LinkedHashMap<>(
              Stages.put(versions, new SealedValue("v" + i, "", ""), List.of(Stages.CURRENT), 1));
    }
    assertThat(versions).hasSize(102).containsKeys("v149", "v148", "v48").doesNotContainKey("v47");
    assertThat(Stages.holder(versions.values(), Stages.PREVIOUS).map(SecretVersion::id))
        .contains("v148");
  }

  @Test
  void aPolicyForAnybodyIsPublicUnlessItHasACondition() {
    String statement = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"*\"]}%s}}";
    assertThat(SecretPermissions.isPublic(Json.parse(statement.formatted("")))).isTrue();
    assertThat(
            SecretPermissions.isPublic(
                Json.parse(
                    statement.formatted(
                        ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalAccount\":\"1\"}}"))))
        .isFalse();
  }
}
