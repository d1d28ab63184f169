package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

final class RestJsonSdkTest {
  private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:f";

  private Rig rig;
  private LambdaClient lambda;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig();
    lambda = rig.client(LambdaClient.builder());
  }

  @AfterEach
  void stop() {
    lambda.close();
    rig.close();
  }

  @Test
  void invokesWithLabelHeadersQueryAndPayload() {
    String result =
        Base64.getEncoder().encodeToString("{\"ok\":1}".getBytes(StandardCharsets.UTF_8));
    rig.answers(
        "{'StatusCode':200,'FunctionError':'Unhandled','ExecutedVersion':'$LATEST','Payload':'%s'}"
            .formatted(result));

    var invoked =
        lambda.invoke(r ->
            r.functionName(FUNCTION)
                .qualifier("live")
                .invocationType(InvocationType.REQUEST_RESPONSE)
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromUtf8String("{\"a\":1}")));

    assertThat(invoked.statusCode()).isEqualTo(200);
    assertThat(invoked.functionError()).isEqualTo("Unhandled");
    assertThat(invoked.executedVersion()).isEqualTo("$LATEST");
    assertThat(invoked.payload().asUtf8String()).isEqualTo("{\"ok\":1}");
    assertThat(rig.call().operation()).isEqualTo("Invoke");
    assertThat(rig.call().input())
        .isEqualTo(
            Json.parse(
                """
                {"FunctionName":"%s","Qualifier":"live","InvocationType":"RequestResponse",
                 "LogType":"Tail","Payload":"eyJhIjoxfQ=="}\
                """
                    .formatted(FUNCTION)));
  }

  @Test
  void anAcceptedInvocationAnswersItsOwnStatus() {
    rig.answers("{'StatusCode':202}");

    var invoked = lambda.invoke(r -> r.functionName("f").invocationType(InvocationType.EVENT));

    assertThat(invoked.statusCode()).isEqualTo(202);
    assertThat(rig.call().input().has("Payload")).isFalse();
  }

  @Test
  void createsWithAJsonBodyAndAnswersCreated() {
    rig.answers("{'FunctionName':'f','Version':'1','Timeout':3}");

    var created =
        lambda.createFunction(r ->
            r.functionName("f")
                .role("arn:aws:iam::123456789012:role/r")
                .runtime("python3.13")
                .handler("h.f")
                .environment(e -> e.variables(Map.of("KEY", "v")))
                .code(c -> c.zipFile(SdkBytes.fromUtf8String("zip"))));

    assertThat(created.version()).isEqualTo("1");
    assertThat(created.sdkHttpResponse().statusCode()).isEqualTo(201);
    assertThat(rig.call().input().at("/Environment/Variables/KEY").textValue()).isEqualTo("v");
    assertThat(rig.call().input().at("/Code/ZipFile").textValue()).isEqualTo("emlw");
  }

  @Test
  void listsAreRepeatedQueryParameters() {
    lambda.untagResource(r -> r.resource(FUNCTION).tagKeys("a", "b c"));

    assertThat(rig.call().input().path("TagKeys")).isEqualTo(Json.parse("[\"a\",\"b c\"]"));
    assertThat(rig.call().input().path("Resource").textValue()).isEqualTo(FUNCTION);
  }

  @Test
  void pathsWithASlashAtTheirEndAreTheSame() {
    rig.answers("{'Functions':[{'FunctionName':'f'}]}");

    assertThat(lambda.listFunctions(r -> r.maxItems(7)).functions()).hasSize(1);
    assertThat(rig.call().operation()).isEqualTo("ListFunctions");
    assertThat(rig.call().input().path("MaxItems").intValue()).isEqualTo(7);
  }

  @Test
  void aLiteralQueryChoosesTheOperation() {
    rig.answers("{'LayerArn':'l','Version':1}");

    lambda.getLayerVersionByArn(r -> r.arn("arn:aws:lambda:eu-central-1:123456789012:layer:l:1"));

    assertThat(rig.call().operation()).isEqualTo("GetLayerVersionByArn");
  }

  @Test
  void modelledErrorsHaveTheirStatusAndType() {
    rig.answers(call -> {
      throw new ServiceError("ResourceNotFoundException", "Function not found: f");
    });

    var thrown =
        catchThrowableOfType(
            ResourceNotFoundException.class, () -> lambda.getFunction(r -> r.functionName("f")));

    assertThat(thrown.statusCode()).isEqualTo(404);
    assertThat(thrown.type()).isEqualTo("User");
    assertThat(thrown.getMessage()).contains("Function not found: f");
  }

  @Test
  void constraintsAreCheckedOnLabelsToo() {
    var thrown =
        catchThrowableOfType(
            LambdaException.class,
            () -> lambda.getFunction(r -> r.functionName("invalid:function:name")));

    assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(thrown.awsErrorDetails().errorMessage())
        .startsWith(
            "1 validation error detected: Value 'invalid:function:name' at 'functionName' failed to"
                + " satisfy constraint: Member must satisfy regular expression pattern: ");
  }
}
