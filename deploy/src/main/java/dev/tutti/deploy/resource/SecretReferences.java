package dev.tutti.deploy.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.json.MalformedJson;
import dev.tutti.deploy.template.Node;
import dev.tutti.deploy.template.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * References to secrets that stand in a template's texts: <code>
 * {{resolve:secretsmanager:ID:SecretString:JSON-KEY:STAGE:VERSION}}</code> (AWS's page "Get a
 * secret or secret value from Secrets Manager"). They are read at the moment of the call that needs
 * them, and only where whoever takes the call seals what it gets: what is compared, printed and
 * kept is the reference.
 */
public final class SecretReferences {
  private static final String MARK = "{{resolve:";
  private static final Pattern REFERENCE = Pattern.compile("\\{\\{resolve:([^{}]*)\\}\\}");
  private static final int ARN_PARTS = 7;
  private static final int MOST_PARTS = 5;

  /** Properties whose receiver seals them, by type. */
  private static final Map<String, Set<String>> SEALED =
      Map.of(
          SettingsBody.Kind.CONNECTION.type(),
          Set.of("AuthParameters"),
          SecretBody.TYPE,
          Set.of("SecretString"));

  private SecretReferences() {}

  /** Reports references that stand where they can't be resolved without being seen. */
  public static void check(String type, Node properties, Problems problems) {
    if (ResourceTypes.hasNoEffect(type) || !(properties instanceof Node.Fields fields)) {
      return;
    }
    Set<String> sealed = SEALED.getOrDefault(type, Set.of());
    fields.fields().forEach((name, field) -> check(field.value(), sealed.contains(name), problems));
  }

  /** As {@link #check(String, Node, Problems)}, of a value. */
  public static void check(Node value, boolean sealed, Problems problems) {
    switch (value) {
      case Node.Scalar scalar when scalar.text().contains(MARK) -> {
        if (!sealed) {
          problems.add(
              scalar.place(),
              "a reference to a secret would be seen here: it is resolved in the AuthParameters of"
                  + " a connection and the SecretString of a secret");
        } else {
          fault(scalar.text()).ifPresent(fault -> problems.add(scalar.place(), fault));
        }
      }
      case Node.Scalar _ -> {}
      case Node.Items items -> items.items().forEach(item -> check(item, sealed, problems));
      case Node.Fields fields ->
          fields.fields().values().forEach(field -> check(field.value(), sealed, problems));
    }
  }

  /**
   * A reference.
   *
   * @param id names the secret
   * @param key of the secret's JSON; empty for all of its text
   * @param stage empty for {@code AWSCURRENT}
   * @param version empty for whichever has the stage
   */
  private record Reference(String id, String key, String stage, String version) {

    /** Reads what stands between the braces; empty where it isn't of this form. */
    static Optional<Reference> read(String text) {
      List<String> parts = new ArrayList<>(Arrays.asList(text.split(":", -1)));
      if (!parts.removeFirst().equals("secretsmanager") || parts.isEmpty()) {
        return Optional.empty();
      }
      if (parts.getFirst().equals("arn") && parts.size() >= ARN_PARTS) {
        List<String> arn = parts.subList(0, ARN_PARTS);
        String joined = String.join(":", arn);
        arn.clear();
        parts.addFirst(joined);
      }
      if (parts.size() > MOST_PARTS || parts.getFirst().isBlank()) {
        return Optional.empty();
      }
      while (parts.size() < MOST_PARTS) {
        parts.add("");
      }
      return Optional.of(
              new Reference(parts.get(0).strip(), parts.get(2), parts.get(3), parts.get(4)))
          .filter(_ -> parts.get(1).isEmpty() || parts.get(1).equals("SecretString"))
          .filter(found -> found.stage.isEmpty() || found.version.isEmpty());
    }
  }

  /** What is wrong with a text's references. */
  private static Optional<String> fault(String text) {
    Matcher reference = REFERENCE.matcher(text);
    int read = 0;
    while (reference.find()) {
      read++;
      if (Reference.read(reference.group(1)).isEmpty()) {
        return Optional.of(
            reference.group()
                + " is not of the form"
                + " {{resolve:secretsmanager:ID:SecretString:JSON-KEY:STAGE:VERSION}}");
      }
    }
    return text.split(Pattern.quote(MARK), -1).length - 1 == read
        ? Optional.empty()
        : Optional.of("a reference to a secret isn't closed");
  }

  /** Keys of the secrets that a value refers to, as far as stacks make them. */
  static Set<String> needs(JsonNode value, Site site) {
    Set<String> needs = new LinkedHashSet<>();
    Matcher reference = REFERENCE.matcher(Json.write(value));
    while (reference.find()) {
      Reference.read(reference.group(1))
          .map(Reference::id)
          .map(id -> id.startsWith("arn:") ? id : site.arn("secretsmanager", "secret:" + id))
          .ifPresent(needs::add);
    }
    return needs;
  }

  /**
   * A call's input with its references resolved.
   *
   * @param secrets what has been put in
   */
  record Resolved(ObjectNode input, List<String> secrets) {

    /** Says nothing of what it holds. */
    @Override
    public String toString() {
      return "Resolved[" + secrets.size() + "]";
    }
  }

  /**
   * Resolves the references in a call's input.
   *
   * @throws Refused where a secret can't be read, or hasn't got what is asked for
   */
  static Resolved resolve(Client client, ObjectNode input) {
    List<String> secrets = new ArrayList<>();
    return new Resolved((ObjectNode) resolved(client, input, secrets), secrets);
  }

  private static JsonNode resolved(Client client, JsonNode value, List<String> secrets) {
    if (value.isTextual()) {
      return value.textValue().contains(MARK)
          ? Json.text(text(client, value.textValue(), secrets))
          : value;
    }
    if (value.isArray()) {
      var list = Json.array();
      value.forEach(each -> list.add(resolved(client, each, secrets)));
      return list;
    }
    if (!value.isObject()) {
      return value;
    }
    ObjectNode object = Json.object();
    value
        .properties()
        .forEach(
            member -> object.set(member.getKey(), resolved(client, member.getValue(), secrets)));
    return object;
  }

  private static String text(Client client, String text, List<String> secrets) {
    return REFERENCE
        .matcher(text)
        .replaceAll(found -> {
          Reference reference = Reference.read(found.group(1)).orElseThrow();
          String secret = read(client, reference);
          secrets.add(secret);
          return Matcher.quoteReplacement(secret);
        });
  }

  private static String read(Client client, Reference reference) {
    ObjectNode input = Json.object().put("SecretId", reference.id());
    if (!reference.stage().isEmpty()) {
      input.put("VersionStage", reference.stage());
    }
    if (!reference.version().isEmpty()) {
      input.put("VersionId", reference.version());
    }
    String operation = "GetSecretValue";
    JsonNode answer = client.call("secretsmanager", operation, input);
    if (!answer.hasNonNull("SecretString")) {
      throw unfit(operation, reference, "has no SecretString");
    }
    String text = answer.path("SecretString").asText();
    if (reference.key().isEmpty()) {
      return text;
    }
    try {
      JsonNode found = Json.parse(text).path(reference.key());
      if (found.isValueNode() && !found.isNull()) {
        return found.asText();
      }
    } catch (MalformedJson e) {
      throw unfit(operation, reference, "is not JSON");
    }
    throw unfit(operation, reference, "has no key " + reference.key());
  }

  private static Refused unfit(String operation, Reference reference, String what) {
    return new Refused(
        "secretsmanager:" + operation,
        "ValidationError",
        "the secret " + reference.id() + " " + what);
  }
}
