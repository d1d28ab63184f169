package dev.tutti.core.asl.compile;

import dev.tutti.core.asl.Resource;
import dev.tutti.core.asl.TaskState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.data.Amount;
import org.jspecify.annotations.Nullable;

/** Reads Task states. */
final class TaskReader {
  private static final long LONGEST_SECONDS = 99_999_999;

  private TaskReader() {}

  static TaskState read(
      String name, @Nullable String comment, Fields fields, Transition transition) {
    Amount timeout = DataFields.amount(fields, "TimeoutSeconds", 1, LONGEST_SECONDS);
    Amount heartbeat = DataFields.amount(fields, "HeartbeatSeconds", 1, LONGEST_SECONDS);
    if (timeout instanceof Amount.Fixed(long longest)
        && heartbeat instanceof Amount.Fixed(long beat)
        && beat >= longest) {
      fields
          .findings()
          .schema(
              "The value of HeartbeatSeconds must be smaller than the value of TimeoutSeconds",
              fields.location());
    }
    Resource resource = resource(fields);
    checkCredentials(fields, resource);
    return new TaskState(
        name,
        comment,
        DataFields.flow(fields, true),
        resource,
        timeout,
        heartbeat,
        DataFields.template(fields, "Credentials"),
        ErrorsReader.retriers(fields),
        ErrorsReader.catchers(fields),
        transition);
  }

  private static Resource resource(Fields fields) {
    fields.require("Resource");
    String written = fields.text("Resource");
    Resource resource = written == null ? null : Resources.parse(written);
    if (written != null && resource == null) {
      fields.findings().schema("Value is not a valid resource ARN", fields.at("Resource"));
    }
    return resource == null ? new Resource.Other("") : resource;
  }

  private static void checkCredentials(Fields fields, Resource resource) {
    Fields credentials = fields.object("Credentials");
    if (credentials != null && resource instanceof Resource.Activity) {
      fields
          .findings()
          .schema("The field 'Credentials' is not supported for activities", fields.location());
    } else if (credentials != null
        && !credentials.has("RoleArn")
        && !credentials.has("RoleArn.$")) {
      fields
          .findings()
          .schema("The field 'RoleArn' is required but was missing", credentials.location());
    }
  }
}
