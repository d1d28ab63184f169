package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution's AWS command line and boto3, unmodified (Debian: awscli, python3-boto3). */
final class CommandLineClientsTest {
  private static final String ACCOUNT = "123456789012";

  @SuppressWarnings("NullAway.Init") // set by JUnit
  @TempDir
  private static Path temporary;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Assembly runtime;

  @BeforeAll
  static void start() {
    runtime = Assembly.open(RuntimeSettings.of(temporary.resolve("data"), 0));
  }

  @AfterAll
  static void stop() {
    runtime.close();
  }

  @Test
  void theAwsCommandLine() throws IOException, InterruptedException {
    String script =
        """
        set -e
        aws() { /usr/bin/aws --endpoint-url "$ENDPOINT" --output text "$@"; }
        arn=$(aws stepfunctions create-state-machine --name by-cli --role-arn arn:aws:iam::123456789012:role/any \
          --definition '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"by":"cli"},"End":true}}}' \
          --query stateMachineArn)
        run=$(aws stepfunctions start-execution --state-machine-arn "$arn" --query executionArn)
        for i in $(seq 50); do
          status=$(aws stepfunctions describe-execution --execution-arn "$run" --query status)
          [ "$status" = RUNNING ] || break
        done
        aws stepfunctions get-execution-history --execution-arn "$run" --query 'events[].type'
        aws events put-events --entries '[{"Source":"s","DetailType":"t","Detail":"{}"}]' --query FailedEntryCount
        """;
    String output = run("/bin/bash", "-c", script);

    assertThat(output)
        .contains("ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded")
        .endsWith("0");
  }

  @Test
  void objects() throws IOException, InterruptedException {
    Path script = temporary.resolve("objects.py");
    Files.writeString(
        script,
        """
        import boto3, gzip, io, os
        from botocore.config import Config
        s3 = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"],
                          config=Config(s3={"addressing_style": "path"}))
        s3.create_bucket(Bucket="photos")
        for key in ("a/1 + ü.txt", "a/2.txt", "b.txt"):
            s3.put_object(Bucket="photos", Key=key, Body=key.encode(), Metadata={"by": "me"})
        got = s3.get_object(Bucket="photos", Key="a/1 + ü.txt")
        print(got["Body"].read().decode(), got["Metadata"], got["ContentLength"])
        print(s3.get_object(Bucket="photos", Key="b.txt", Range="bytes=2-")["Body"].read())
        print(s3.head_object(Bucket="photos", Key="b.txt")["ContentLength"])
        page = s3.list_objects_v2(Bucket="photos", Delimiter="/", MaxKeys=1)
        print(page["CommonPrefixes"], page["IsTruncated"])
        page = s3.list_objects_v2(Bucket="photos", Delimiter="/",
                                  ContinuationToken=page["NextContinuationToken"])
        print([o["Key"] for o in page["Contents"]])
        for ask in (lambda: s3.get_object(Bucket="photos", Key="none"),
                    lambda: s3.get_object(Bucket="photos", Key="b.txt", IfMatch="other"),
                    lambda: s3.get_object(Bucket="photos", Key="b.txt", IfNoneMatch="*"),
                    lambda: s3.delete_bucket(Bucket="photos"),
                    lambda: s3.get_bucket_acl(Bucket="photos")):
            try:
                ask()
            except Exception as e:
                print(e.response["Error"]["Code"])
        large = os.urandom(20 * 1024 * 1024)
        s3.put_object(Bucket="photos", Key="large", Body=large, CacheControl="no-store")
        received = io.BytesIO()
        s3.download_fileobj("photos", "large", received)
        print("the same:", received.getvalue() == large,
              s3.head_object(Bucket="photos", Key="large")["CacheControl"])
        packed = gzip.compress(b"hello")
        s3.put_object(Bucket="photos", Key="packed", Body=packed, ContentEncoding="gzip")
        print("packed:", s3.get_object(Bucket="photos", Key="packed")["Body"].read() == packed)
        s3.delete_objects(Bucket="photos", Delete={"Objects": [
            {"Key": key} for key in ("a/1 + ü.txt", "a/2.txt", "b.txt", "large", "packed")]})
        s3.delete_bucket(Bucket="photos")
        print([b["Name"] for b in s3.list_buckets()["Buckets"]])
        """);
    String output = run("/usr/bin/python3", script.toString());

    assertThat(output)
        .contains(
            "a/1 + ü.txt {'by': 'me'} 12",
            "b'txt'",
            "[{'Prefix': 'a/'}] True",
            "['b.txt']",
            "NoSuchKey",
            "PreconditionFailed",
            "304",
            "BucketNotEmpty",
            "NotImplemented",
            "the same: True no-store",
            "packed: True")
        .endsWith("[]");
  }

  @Test
  void boto3() throws IOException, InterruptedException {
    Path script = temporary.resolve("client.py");
    Files.writeString(
        script,
        """
        import boto3, json, os, time
        client = lambda name: boto3.client(name, endpoint_url=os.environ["ENDPOINT"])
        states = client("stepfunctions")
        definition = {"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}
        machine = states.create_state_machine(
            name="by-boto3", roleArn="arn:aws:iam::123456789012:role/any",
            definition=json.dumps(definition))["stateMachineArn"]
        run = states.start_execution(stateMachineArn=machine, input='{"x": 1}')["executionArn"]
        while states.describe_execution(executionArn=run)["status"] == "RUNNING":
            time.sleep(0.05)
        events = states.get_execution_history(executionArn=run)["events"]
        print([event["type"] for event in events])
        topic = client("sns").create_topic(Name="news")["TopicArn"]
        print(len(client("sns").publish(TopicArn=topic, Message="hello")["MessageId"]))
        try:
            states.describe_execution(executionArn=run + "x")
        except states.exceptions.ExecutionDoesNotExist as e:
            print("refused", e.response["Error"]["Code"])
        """);
    String output = run("/usr/bin/python3", script.toString());

    assertThat(output)
        .contains(
            "['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited',"
                + " 'ExecutionSucceeded']")
        .contains("36")
        .contains("refused ExecutionDoesNotExist");
  }

  @Test
  void secrets() throws IOException, InterruptedException {
    Path script = temporary.resolve("secrets.py");
    Files.writeString(
        script,
        """
        import base64, boto3, json, os
        client = lambda name: boto3.client(name, endpoint_url=os.environ["ENDPOINT"])
        secrets = client("secretsmanager")
        made = secrets.create_secret(Name="shop/db", SecretString="do-not-tell-1",
                                     Description="described-in-clear")
        print(secrets.get_secret_value(SecretId=made["ARN"])["SecretString"])
        secrets.put_secret_value(SecretId="shop/db", SecretBinary=b"do-not-tell-2")
        print(secrets.get_secret_value(SecretId="shop/db")["SecretBinary"])
        print(secrets.get_secret_value(SecretId="shop/db", VersionStage="AWSPREVIOUS")["VersionId"]
              == made["VersionId"])
        client("events").create_connection(
            Name="hook", AuthorizationType="API_KEY", AuthParameters={"ApiKeyAuthParameters":
                {"ApiKeyName": "k", "ApiKeyValue": "do-not-tell-3"}})
        arn = client("events").describe_connection(Name="hook")["SecretArn"]
        print(json.loads(secrets.get_secret_value(SecretId=arn)["SecretString"]))
        for ask in (lambda: secrets.get_secret_value(SecretId="none"),
                    lambda: secrets.delete_secret(SecretId=arn),
                    lambda: secrets.rotate_secret(SecretId="shop/db"),
                    lambda: secrets.create_secret(Name="shop/db", SecretString="again")):
            try:
                ask()
            except Exception as e:
                print(e.response["Error"]["Code"], e.response["ResponseMetadata"]["HTTPStatusCode"])
        print([s["Name"] for s in secrets.list_secrets()["SecretList"]][0])
        """);
    String output = run("/usr/bin/python3", script.toString());

    assertThat(output)
        .contains(
            "do-not-tell-1",
            "b'do-not-tell-2'",
            "True",
            "{'api_key_name': 'k', 'api_key_value': 'do-not-tell-3'}",
            "ResourceNotFoundException 400",
            "InvalidRequestException 400",
            "ResourceExistsException 400")
        .endsWith("shop/db");

    Path template = temporary.resolve("shop/contexts/shop/template.yaml");
    Files.createDirectories(template.getParent());
    Files.writeString(
        temporary.resolve("shop/tutti.yaml"), "contexts: {shop: {account: \"" + ACCOUNT + "\"}}\n");
    Files.writeString(
        template,
        """
        Resources:
          Login:
            Type: AWS::SecretsManager::Secret
            Properties: {SecretString: '{"user": "ada", "password": "do-not-tell-4"}'}
          Again:
            Type: AWS::Events::Connection
            Properties:
              Name: again
              AuthorizationType: BASIC
              AuthParameters:
                BasicAuthParameters:
                  Username: !Sub "{{resolve:secretsmanager:${Login}:SecretString:user}}"
                  Password: !Sub "{{resolve:secretsmanager:${Login}:SecretString:password}}"
        """);
    var _ = runtime.deploying().deploy(temporary.resolve("shop"), Map.of());
    Files.writeString(
        script,
        """
        import boto3, os
        client = lambda name: boto3.client(name, endpoint_url=os.environ["ENDPOINT"])
        arn = client("events").describe_connection(Name="again")["SecretArn"]
        print(client("secretsmanager").get_secret_value(SecretId=arn)["SecretString"])
        """);
    assertThat(run("/usr/bin/python3", script.toString()))
        .isEqualTo("{\"username\":\"ada\",\"password\":\"do-not-tell-4\"}");

    String coded =
        Base64.getEncoder().encodeToString("do-not-tell".getBytes(StandardCharsets.UTF_8));
    String kept = bytes(temporary.resolve("data"));
    assertThat(kept.contains("described-in-clear")).isTrue();
    assertThat(kept.contains("do-not-tell")).isFalse();
    assertThat(kept.contains(coded.substring(0, 12))).isFalse();
  }

  /** All that is in a folder's files, each byte as a character. */
  private static String bytes(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "ENDPOINT",
                "http://127.0.0.1:" + runtime.port(),
                "AWS_ACCESS_KEY_ID",
                ACCOUNT,
                "AWS_SECRET_ACCESS_KEY",
                "any",
                "AWS_DEFAULT_REGION",
                "us-east-1"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
