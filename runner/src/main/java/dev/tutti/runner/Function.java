package dev.tutti.runner;

import dev.tutti.runner.log.Logs;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is run, as it stands when it is invoked. Processes are kept warm for one (ARN, revision);
 * another revision of the same ARN takes their place.
 *
 * @param arn {@code arn:aws:lambda:REGION:ACCOUNT:function:NAME}, with a qualifier or without;
 *     region, account and name are taken from here
 * @param revision differs whenever anything else here or the code differs
 * @param version for example {@code $LATEST}
 * @param runtime Lambda's identifier: {@code nodejs22.x}, {@code python3.12}, {@code java21},
 *     {@code provided.al2023}
 * @param handler for example {@code src/app.handler}; means nothing to {@code provided} but is
 *     given
 * @param code folder of the unpacked code; not written to
 * @param timeoutSeconds from 1
 * @param memoryMegabytes from 64; see {@link Runner} for what is enforced
 * @param environment the function's own variables
 * @param logGroup where it logs; for example {@code /aws/lambda/NAME}
 */
public record Function(
    String arn,
    String revision,
    String version,
    String runtime,
    String handler,
    Path code,
    int timeoutSeconds,
    int memoryMegabytes,
    Map<String, String> environment,
    String logGroup) {

  public Function {
    environment = Map.copyOf(environment);
    if (arn.split(":", -1).length < 7) {
      throw new IllegalArgumentException("not the ARN of a function: " + arn);
    }
    if (timeoutSeconds < 1 || memoryMegabytes < 64) {
      throw new IllegalArgumentException("a timeout below 1 s or memory below 64 MB: " + arn);
    }
  }

  String region() {
    return arn.split(":", -1)[3];
  }

  String account() {
    return arn.split(":", -1)[4];
  }

  String name() {
    return arn.split(":", -1)[6];
  }

  Logs.Group log() {
    return new Logs.Group(account(), region(), logGroup);
  }
}
