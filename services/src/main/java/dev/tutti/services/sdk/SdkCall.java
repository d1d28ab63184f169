package dev.tutti.services.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Request;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Operation;
import dev.tutti.wire.model.Shape;
import dev.tutti.wire.model.Validator;
import java.util.function.Function;

/**
 * A Task's call by an SDK's names, {@code aws-sdk:sfn} and {@code startExecution}, made through the
 * operation's model.
 */
public final class SdkCall {
  private static final String MARK = "aws-sdk:";

  private SdkCall() {}

  /** Whether a request is by an SDK's names. */
  public static boolean is(Request.Operation asked) {
    return asked.service().startsWith(MARK);
  }

  /**
   * Makes the call.
   *
   * @param door performs the operation by its model's names
   */
  public static Outcome perform(
      Request.Operation asked, Function<Request.Operation, JsonNode> door) {
    String name = asked.service().substring(MARK.length());
    SdkService service = SdkService.named(name).orElse(null);
    Operation operation =
        service == null ? null : service.operation(asked.operation()).orElse(null);
    if (service == null || operation == null) {
      String prefix = service == null ? Names.pascal(name) : service.prefix();
      return new Outcome.Failed(
          prefix,
          prefix + "Exception",
          "The operation " + name + ":" + asked.operation() + " is not available here",
          400);
    }
    try {
      JsonNode input = SdkShapes.read(operation.input(), asked.input());
      Validator.check(operation.input(), input)
          .ifPresent(violations -> {
            throw new ServiceError("ValidationException", violations);
          });
      JsonNode output =
          door.apply(
              new Request.Operation(
                  asked.context(),
                  asked.region(),
                  service.metadata().name(),
                  operation.name(),
                  input));
      return new Outcome.Succeeded(SdkShapes.write(operation.output(), output));
    } catch (ServiceError error) {
      return new Outcome.Failed(
          service.prefix(),
          exception(service, error.code()),
          error.getMessage(),
          status(service, error));
    }
  }

  /** The class that the SDK throws; one of the service's own where the model has no such error. */
  private static String exception(SdkService service, String code) {
    return service
        .error(code)
        .map(Shape::name)
        .map(Names::pascal)
        .map(name -> name.endsWith("Exception") ? name : name + "Exception")
        .orElse(service.prefix() + "Exception");
  }

  private static int status(SdkService service, ServiceError error) {
    return service
        .error(error.code())
        .map(Shape.Structure::fault)
        .map(Shape.Fault::status)
        .filter(status -> status > 0)
        .orElse(error.status());
  }
}
