package dev.tutti.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tutti.wire.auth.SignatureCheck;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sts.StsClient;

/** With signatures checked, over the wire. The rig's clients sign with "secret". */
final class SignedCallsTest {
  private static Rig rig(String secret) throws IOException {
    SignatureCheck check =
        new SignatureCheck(
            key ->
                key.equals(Rig.ACCOUNT) && !secret.isEmpty()
                    ? Optional.of(secret)
                    : Optional.empty(),
            InstantSource.system());
    return new Rig(settings -> settings.withSignatures(check));
  }

  private static AwsServiceException refusal(ThrowingCallable call) {
    return catchThrowableOfType(AwsServiceException.class, call);
  }

  @Test
  void everyProtocolsSignaturesAreAccepted() throws IOException {
    try (Rig rig = rig("secret");
        SfnClient sfn = rig.client(SfnClient.builder());
        LambdaClient lambda = rig.client(LambdaClient.builder());
        StsClient sts = rig.client(StsClient.builder())) {
      sfn.listStateMachines();
      lambda.invoke(r ->
          r.functionName("arn:aws:lambda:eu-central-1:123456789012:function:f")
              .qualifier("$LATEST")
              .payload(SdkBytes.fromUtf8String("{}")));
      sts.getCallerIdentity();

      assertThat(rig.calls)
          .extracting("operation")
          .containsExactly("ListStateMachines", "Invoke", "GetCallerIdentity");
    }
  }

  @Test
  void wrongSecretsAreRefusedInEachProtocolsWords() throws IOException {
    try (Rig rig = rig("another");
        SfnClient sfn = rig.client(SfnClient.builder());
        LambdaClient lambda = rig.client(LambdaClient.builder());
        StsClient sts = rig.client(StsClient.builder())) {
      var json = refusal(sfn::listStateMachines);
      var rest = refusal(lambda::listFunctions);
      var query = refusal(sts::getCallerIdentity);

      assertThat(json.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
      assertThat(json.statusCode()).isEqualTo(400);
      assertThat(rest.awsErrorDetails().errorCode()).isEqualTo("InvalidSignatureException");
      assertThat(rest.statusCode()).isEqualTo(403);
      assertThat(query.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch");
      assertThat(rig.calls).isEmpty();
    }
  }

  @Test
  void unknownKeysAreRefusedInEachProtocolsWords() throws IOException {
    try (Rig rig = rig("");
        SfnClient sfn = rig.client(SfnClient.builder());
        StsClient sts = rig.client(StsClient.builder())) {
      assertThat(refusal(sfn::listStateMachines).awsErrorDetails().errorCode())
          .isEqualTo("UnrecognizedClientException");
      assertThat(refusal(sts::getCallerIdentity).awsErrorDetails().errorCode())
          .isEqualTo("InvalidClientTokenId");
      assertThat(rig.calls).isEmpty();
    }
  }
}
