package dev.tutti.services.sdk;

import dev.tutti.core.asl.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What Step Functions integrates with. A definition that names anything else is refused; one that
 * names what isn't done here is taken, and fails when it comes to it.
 */
public final class Integrations {
  /** Optimised integrations (Developer Guide, "Integrating services with Step Functions"). */
  private static final Set<String> OPTIMISED =
      Set.of(
          "apigateway",
          "athena",
          "batch",
          "bedrock",
          "codebuild",
          "databrew",
          "dynamodb",
          "ecs",
          "eks",
          "elasticmapreduce",
          "emr-containers",
          "emr-serverless",
          "events",
          "glue",
          "http",
          "lambda",
          "mediaconvert",
          "s3",
          "sagemaker",
          "sns",
          "sqs",
          "states");

  /** Of these, those whose work is over when they answer. */
  private static final Set<String> NO_JOBS =
      Set.of("apigateway", "dynamodb", "events", "lambda", "sns", "sqs");

  /** Of these, those that hand no task token on. */
  private static final Set<String> NO_CALLBACKS =
      Set.of(
          "athena",
          "batch",
          "codebuild",
          "databrew",
          "dynamodb",
          "elasticmapreduce",
          "emr-containers",
          "emr-serverless",
          "glue",
          "mediaconvert",
          "sagemaker");

  private static final Set<String> SERVICES = services();

  private Integrations() {}

  /**
   * Whether there is such work; of services whose model isn't here, or not all of it, every action
   * is believed.
   */
  public static boolean knows(Resource resource) {
    return switch (resource) {
      case Resource.Optimised r ->
          OPTIMISED.contains(r.service())
              && switch (r.pattern()) {
                case REQUEST_RESPONSE -> true;
                case SYNC -> !NO_JOBS.contains(r.service());
                case SYNC_2 -> r.service().equals("states");
                case WAIT_FOR_TASK_TOKEN -> !NO_CALLBACKS.contains(r.service());
              };
      case Resource.AwsSdk r ->
          SERVICES.contains(r.service())
              && r.pattern() != Resource.Pattern.SYNC
              && r.pattern() != Resource.Pattern.SYNC_2
              && SdkService.named(r.service())
                  .map(service ->
                      service.metadata().partial() || service.operation(r.action()).isPresent())
                  .orElse(true);
      case Resource.Function _, Resource.Activity _, Resource.Other _ -> true;
    };
  }

  private static Set<String> services() {
    try (InputStream in = Integrations.class.getResourceAsStream("services.txt")) {
      if (in == null) {
        throw new IllegalStateException("the list of services is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
