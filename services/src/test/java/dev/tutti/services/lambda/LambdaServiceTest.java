package dev.tutti.services.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.json.Json;
import dev.tutti.services.House;
import dev.tutti.wire.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaServiceTest {
  private static final String ARN = "arn:aws:lambda:us-east-1:111111111111:function:echo";
  private static final String ECHO =
      "import os\n"
          + "def handler(event, context):\n"
          + "    return {'event': event, 'id': context.aws_request_id,"
          + " 'version': context.function_version, 'arn': context.invoked_function_arn,"
          + " 'mark': os.environ.get('MARK')}\n";

  @TempDir private Path directory;
  private House house;

  @BeforeEach
  void open() throws IOException {
    house = new House(directory);
  }

  @AfterEach
  void close() throws IOException {
    house.close();
  }

  @Test
  void aFunctionIsCreatedShownAndDeleted() {
    JsonNode created = create("echo", ECHO, "");
    assertThat(created.path("State").asText()).isEqualTo("Pending");

    JsonNode shown = call("GetFunction", "{'FunctionName':'echo'}");

    JsonNode configuration = shown.path("Configuration");
    assertThat(configuration.path("State").asText()).isEqualTo("Active");
    assertThat(configuration.path("FunctionArn").asText()).isEqualTo(ARN);
    assertThat(configuration.path("RevisionId")).isNotEqualTo(created.path("RevisionId"));
    assertThat(shown.path("Code").path("Location").asText())
        .endsWith(created.path("CodeSha256").asText());
    assertThat(call("ListFunctions", "{}").path("Functions").findValuesAsText("FunctionName"))
        .containsExactly("echo");
    assertRefused(
        () -> create("echo", ECHO, ""),
        "ResourceConflictException",
        "Function already exist: echo");
    call("DeleteFunction", "{'FunctionName':'echo'}");
    assertRefused(
        () -> call("GetFunction", "{'FunctionName':'echo'}"),
        "ResourceNotFoundException",
        "Function not found: " + ARN);
    assertRefused(
        () -> call("Invoke", "{'FunctionName':'echo'}"),
        "ResourceNotFoundException",
        "Function not found: " + ARN + ":$LATEST");
  }

  @Test
  void anInvocationRunsTheCodeOfItsVersion() {
    create("echo", ECHO, "");
    JsonNode first = call("PublishVersion", "{'FunctionName':'echo'}");
    assertThat(first.path("Version").asText()).isEqualTo("1");
    call(
        "UpdateFunctionConfiguration",
        "{'FunctionName':'echo','Environment':{'Variables':{'MARK':'new'}}}");

    JsonNode latest = call("Invoke", "{'FunctionName':'" + ARN + "','Payload':'eyJhIjoxfQ=='}");
    JsonNode old = call("Invoke", "{'FunctionName':'echo:1','LogType':'Tail'}");

    assertThat(latest.path("StatusCode").asInt()).isEqualTo(200);
    assertThat(latest.path("ExecutedVersion").asText()).isEqualTo("$LATEST");
    assertThat(payload(latest).path("event")).isEqualTo(Json.object().put("a", 1));
    assertThat(payload(latest).path("mark").asText()).isEqualTo("new");
    assertThat(payload(old).path("mark").isNull()).isTrue();
    assertThat(payload(old).path("version").asText()).isEqualTo("1");
    assertThat(payload(old).path("arn").asText()).isEqualTo(ARN + ":1");
    assertThat(decoded(old, "LogResult")).contains("REPORT RequestId: ");
  }

  @Test
  void aFailureIsAnAnswer() {
    create("fail", "def handler(event, context):\n    raise ValueError('no')\n", "");

    JsonNode answer = call("Invoke", "{'FunctionName':'fail'}");

    assertThat(answer.path("FunctionError").asText()).isEqualTo("Unhandled");
    assertThat(payload(answer).path("errorType").asText()).isEqualTo("ValueError");
  }

  @Test
  void anEventIsAcceptedAndRunLater() {
    Path out = directory.resolve("out");
    create(
        "write",
        "def handler(event, context):\n    open('" + out + "', 'w').write(event['text'])\n",
        "");

    JsonNode answer =
        call(
            "Invoke",
            "{'FunctionName':'write','InvocationType':'Event','Payload':'"
                + base64("{\"text\":\"hello\"}")
                + "'}");

    assertThat(answer.path("StatusCode").asInt()).isEqualTo(202);
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(out).hasContent("hello"));
  }

  @Test
  void othersInvokeOnlyWhereThePolicyLetsThem() {
    create("echo", ECHO, "");
    String invoke = "{'FunctionName':'" + ARN + "','InvocationType':'DryRun'}";
    assertRefused(
        () -> house.callAs(House.OTHER, "lambda", "Invoke", json(invoke)),
        "AccessDeniedException",
        "User: arn:aws:iam::222222222222:root is not authorized to perform: lambda:InvokeFunction"
            + " on resource: "
            + ARN
            + " because no resource-based policy allows the lambda:InvokeFunction action");

    call(
        "AddPermission",
        "{'FunctionName':'echo','StatementId':'s','Action':'lambda:InvokeFunction',"
            + "'Principal':'222222222222'}");

    assertThat(
            house.callAs(House.OTHER, "lambda", "Invoke", json(invoke)).path("StatusCode").asInt())
        .isEqualTo(204);
    assertRefused(
        () ->
            house.callAs(
                House.OTHER, "lambda", "GetFunction", json("{'FunctionName':'" + ARN + "'}")),
        "AccessDeniedException",
        "GetFunction");
    assertThat(call("GetPolicy", "{'FunctionName':'echo'}").path("Policy").asText())
        .contains("arn:aws:iam::222222222222:root");
  }

  @Test
  void whatIsntDoneIsRefusedByName() {
    assertRefused(
        () -> create("echo", ECHO, ",'Layers':['arn:aws:lambda:us-east-1:1:layer:l:1']"),
        "InvalidParameterValueException",
        "Layers is not supported here yet.");
    assertRefused(
        () ->
            call(
                "CreateFunction",
                "{'FunctionName':'x','Role':'r','Runtime':'python3.12','Handler':'h.h',"
                    + "'Code':{'S3Bucket':'b','S3Key':'k'}}"),
        "InvalidParameterValueException",
        "Code from S3Bucket is not supported here yet");
    assertRefused(
        () ->
            call(
                "CreateFunction",
                "{'FunctionName':'x','Role':'r','Runtime':'go1.x','Handler':'h.h',"
                    + "'Code':{'ZipFile':''}}"),
        "InvalidParameterValueException",
        "The runtime parameter of go1.x is no longer supported");
    assertRefused(
        () -> call("GetFunction", "{'FunctionName':'" + ARN + ":1','Qualifier':'$LATEST'}"),
        "InvalidParameterValueException",
        "The derived qualifier from the function name does not match the specified qualifier.");
    assertRefused(
        () -> call("Invoke", "{'FunctionName':'arn:aws:lambda:eu-west-1:111111111111:function:x'}"),
        "ResourceNotFoundException",
        "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')");
  }

  @Test
  void reservedConcurrencyOfZeroThrottles() {
    create("echo", ECHO, "");
    call("PutFunctionConcurrency", "{'FunctionName':'echo','ReservedConcurrentExecutions':0}");

    assertRefused(
        () -> call("Invoke", "{'FunctionName':'echo'}"),
        "TooManyRequestsException",
        "Rate Exceeded.");
  }

  @Test
  void tagsAliasesAndRetriesAreKept() {
    create("echo", ECHO, ",'Tags':{'a':'1'}");
    call("TagResource", "{'Resource':'" + ARN + "','Tags':{'b':'2'}}");
    call("UntagResource", "{'Resource':'" + ARN + "','TagKeys':['a']}");
    assertThat(call("ListTags", "{'Resource':'" + ARN + "'}").path("Tags"))
        .isEqualTo(Json.parse("{\"b\":\"2\"}"));
    call("PublishVersion", "{'FunctionName':'echo'}");
    call("CreateAlias", "{'FunctionName':'echo','Name':'live','FunctionVersion':'1'}");
    assertThat(call("ListAliases", "{'FunctionName':'echo'}").findValuesAsText("Name"))
        .containsExactly("live");
    assertThat(call("ListVersionsByFunction", "{'FunctionName':'echo'}").path("Versions"))
        .hasSize(2);
    call("PutFunctionEventInvokeConfig", "{'FunctionName':'echo:live','MaximumRetryAttempts':1}");

    JsonNode list = call("ListFunctionEventInvokeConfigs", "{'FunctionName':'echo'}");

    assertThat(list.findValuesAsText("FunctionArn")).containsExactly(ARN + ":live");
  }

  private JsonNode create(String name, String code, String more) {
    return call(
        "CreateFunction",
        "{'FunctionName':'"
            + name
            + "','Role':'arn:aws:iam::111111111111:role/r','Runtime':'python3.12',"
            + "'Handler':'app.handler','Timeout':20,'Code':{'ZipFile':'"
            + zip("app.py", code)
            + "'}"
            + more
            + "}");
  }

  private JsonNode call(String operation, String input) {
    return house.call("lambda", operation, json(input));
  }

  private static String json(String input) {
    return input.replace('\'', '"');
  }

  private static void assertRefused(ThrowingCallable call, String code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceError.class, error -> assertThat(error.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static JsonNode payload(JsonNode answer) {
    return Json.parse(decoded(answer, "Payload"));
  }

  private static String decoded(JsonNode answer, String member) {
    return new String(
        Base64.getDecoder().decode(answer.path(member).asText()), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String zip(String name, String content) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
