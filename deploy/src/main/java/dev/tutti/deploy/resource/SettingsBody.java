package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import java.util.Map;
import java.util.Set;

/**
 * A resource that is no more than what names it and its settings, which an update gives whole.
 *
 * @param id the physical id
 * @param named the members by which every operation names it
 * @param settings as the operation that creates it takes them, without those members. They may hold
 *     secrets: the stack's record has their fingerprint only
 */
record SettingsBody(Kind kind, String id, ObjectNode named, ObjectNode settings) implements Body {
  private static final String PART = "settings";

  /** The kinds of such resources, with their operations. */
  enum Kind {
    API_DESTINATION(
        "AWS::Events::ApiDestination",
        "events",
        "DescribeApiDestination",
        "CreateApiDestination",
        "UpdateApiDestination",
        "DeleteApiDestination",
        true),
    CONNECTION(
        "AWS::Events::Connection",
        "events",
        "DescribeConnection",
        "CreateConnection",
        "UpdateConnection",
        "DeleteConnection",
        true),
    EVENT_INVOKE(
        "AWS::Lambda::EventInvokeConfig",
        "lambda",
        "GetFunctionEventInvokeConfig",
        "PutFunctionEventInvokeConfig",
        "PutFunctionEventInvokeConfig",
        "DeleteFunctionEventInvokeConfig",
        false),
    SCHEDULE(
        "AWS::Scheduler::Schedule",
        "scheduler",
        "GetSchedule",
        "CreateSchedule",
        "UpdateSchedule",
        "DeleteSchedule",
        false);

    private final String type;
    private final String service;
    private final String find;
    private final String create;
    private final String update;
    private final String delete;

    /** Whether an update leaves a description that it doesn't give, so that it has to empty it. */
    private final boolean keepsDescription;

    Kind(
        String type,
        String service,
        String find,
        String create,
        String update,
        String delete,
        boolean keepsDescription) {
      this.type = type;
      this.service = service;
      this.find = find;
      this.create = create;
      this.update = update;
      this.delete = delete;
      this.keepsDescription = keepsDescription;
    }

    String type() {
      return type;
    }

    /** Deletes what a record names. */
    void delete(Client client, JsonNode keep) {
      client.call(service, delete, keep);
    }
  }

  /** One that is named by its name. */
  static SettingsBody of(Kind kind, String name, ObjectNode settings) {
    return new SettingsBody(kind, name, Json.object().put("Name", name), settings);
  }

  @Override
  public Map<String, String> parts() {
    return Map.of(PART, Hashes.of(settings));
  }

  @Override
  public ObjectNode keep() {
    return named.deepCopy();
  }

  @Override
  public boolean exists(Client client) {
    return client.find(kind.service, kind.find, named).isPresent();
  }

  @Override
  public String create(Client client) {
    call(client, kind.create, named.deepCopy());
    return id;
  }

  private void call(Client client, String operation, ObjectNode input) {
    input.setAll(settings);
    if (kind != Kind.CONNECTION) {
      client.call(kind.service, operation, input);
      return;
    }
    SecretReferences.Resolved resolved = SecretReferences.resolve(client, input);
    try {
      client.call(kind.service, operation, resolved.input());
    } catch (Refused e) {
      throw e.hiding(resolved.secrets());
    }
  }

  @Override
  public void update(Client client, Set<String> changed, Owned before) {
    ObjectNode input = named.deepCopy();
    if (kind.keepsDescription) {
      input.put("Description", "");
    }
    call(client, kind.update, input);
  }

  /** Says nothing of what the settings hold. */
  @Override
  public String toString() {
    return kind + "[" + id + "]";
  }
}
