package dev.tutti.core.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.GoldenFacts;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Stage;
import dev.tutti.core.kernel.Transcripts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FunctionsTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:function:pay";

  @TestFactory
  Stream<DynamicTest> transcripts() {
    return Transcripts.of(
        "functions", () -> new Stage().plays(new Functions()).plays(new Invocations()));
  }

  @Test
  void factsStayReadable() {
    GoldenFacts.check("functions", FunctionFact.class);
    GoldenFacts.check("invocations", InvocationFact.class);
  }

  @Test
  void theCatalogueFollowsTheFacts() {
    var catalogue = new FunctionCatalogue();
    var stage = new Stage().plays(new Functions(), catalogue::on);
    Key key = new Key(Functions.KIND, ARN);
    stage.send(key, create(Map.of("team", "money")));

    Function function = catalogue.function(ARN);

    assertThat(function).isEqualTo(stage.state(key));
    assertThat(catalogue.functions("111111111111", "us-east-1", "", 10)).containsExactly(function);
    assertThat(catalogue.functions("222222222222", "us-east-1", "", 10)).isEmpty();
    stage.send(key, new FunctionCommand.Delete(""));
    assertThat(catalogue.function(ARN)).isNull();
  }

  @Test
  void aPolicyLetsOnlyThoseInvokeWhomItNames() {
    var stage = new Stage().plays(new Functions());
    Key key = new Key(Functions.KIND, ARN);
    stage.send(key, create(Map.of()));
    permit(stage, key, "account", "222222222222", Map.of());
    permit(
        stage,
        key,
        "service",
        "sns.amazonaws.com",
        Map.of("ArnLike", Map.of("AWS:SourceArn", "arn:aws:sns:us-east-1:333333333333:t")));
    permit(
        stage,
        key,
        "condition",
        "444444444444",
        Map.of("StringEquals", Map.of("AWS:SourceAccount", "444444444444")));

    Function function = (Function) stage.state(key);

    assertThat(
            Stream.of("222222222222", "333333333333", "444444444444")
                .filter(account -> Statements.letInvoke(function, "", account)))
        .containsExactly("222222222222");
    assertThat(Statements.letInvoke(function, "1", "222222222222")).isFalse();
  }

  @Test
  void aPrincipalThatIsNobodyMakesNoStatement() {
    assertThat(Statements.of("s", "invalid.nonaws.com", "lambda:InvokeFunction", ARN, Map.of()))
        .isNull();
  }

  @Test
  void namesComeInManyForms() {
    for (String form :
        List.of("pay", "function:pay", "111111111111:function:pay", "111111111111:pay", ARN)) {
      FunctionArn arn = FunctionArn.parse(form, "us-east-1", "111111111111");
      assertThat(arn).as(form).isEqualTo(new FunctionArn("us-east-1", "111111111111", "pay", null));
    }
    FunctionArn qualified = FunctionArn.parse(ARN + ":$LATEST", "eu-west-1", "999999999999");
    assertThat(qualified).isEqualTo(new FunctionArn("us-east-1", "111111111111", "pay", "$LATEST"));
    assertThat(FunctionArn.parse("a:b:c:d", "us-east-1", "111111111111")).isNull();
  }

  private static void permit(
      Stage stage, Key key, String sid, String who, Map<String, Map<String, String>> conditions) {
    JsonNode statement =
        Objects.requireNonNull(Statements.of(sid, who, "lambda:InvokeFunction", ARN, conditions));
    stage.send(key, new FunctionCommand.AddPermission("", sid, statement, null));
  }

  private static FunctionCommand create(Map<String, String> tags) {
    return new FunctionCommand.Create(
        Configuration.initial(
            "pay", "arn:aws:iam::111111111111:role/r", "nodejs22.x", "index.handler"),
        new Code("c2hh", 100),
        tags,
        false);
  }
}
