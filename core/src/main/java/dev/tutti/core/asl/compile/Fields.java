package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.asl.QueryLanguage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one object of a definition. Whatever is not as asked for is reported where it
 * stands, and answered with null or a default, so that reading goes on and finds the next fault.
 */
final class Fields {
  private final ObjectNode object;
  private final String location;
  private final Findings findings;
  private final QueryLanguage language;

  /** Where the state stands that these fields belong to; empty outside of states. */
  private final String state;

  Fields(ObjectNode object, String location, Findings findings) {
    this(object, location, findings, QueryLanguage.JSON_PATH, "");
  }

  private Fields(
      ObjectNode object, String location, Findings findings, QueryLanguage language, String state) {
    this.object = object;
    this.location = location;
    this.findings = findings;
    this.language = language;
    this.state = state;
  }

  /** The fields of a value that should be an object, null (and a report) where it is not. */
  private @Nullable Fields of(JsonNode value, String at) {
    if (value instanceof ObjectNode inner) {
      return new Fields(inner, at, findings, language, state);
    }
    findings.schema("Expected value of type Object", at);
    return null;
  }

  /** The same fields as a state's, read as a language's; what stands inside them likewise. */
  Fields ofState(QueryLanguage other) {
    return new Fields(object, location, findings, other, location);
  }

  /** Whether their expressions are JSONata. */
  boolean jsonata() {
    return language == QueryLanguage.JSONATA;
  }

  String location() {
    return location;
  }

  String at(String field) {
    return location + "/" + field;
  }

  /** The state's own place. */
  String state() {
    return state;
  }

  /** A field as failures at run time name it: {@code Catch[1]/Output}. */
  String inState(String field) {
    return at(field).substring(state.length() + 1);
  }

  Findings findings() {
    return findings;
  }

  boolean has(String field) {
    return object.has(field);
  }

  Iterable<String> names() {
    return object::fieldNames;
  }

  /** The value as it stands, null where the field is absent. */
  @Nullable JsonNode raw(String field) {
    return object.get(field);
  }

  /** Reports every field that is not one of these. */
  void allowOnly(Collection<String> known) {
    for (String name : names()) {
      if (!known.contains(name)) {
        findings.schema("Field '" + name + "' is not supported", location);
      }
    }
  }

  /** Reports those of the fields that are absent. */
  boolean require(String... fields) {
    List<String> absent = Stream.of(fields).filter(f -> !has(f)).toList();
    if (!absent.isEmpty()) {
      findings.schema("These fields are required: " + absent, location);
    }
    return absent.isEmpty();
  }

  /** Reports more than one of the fields. */
  boolean atMostOne(String... fields) {
    boolean fine = Arrays.stream(fields).filter(this::has).count() <= 1;
    if (!fine) {
      findings.schema(
          "There should only be one of the following fields: " + Arrays.asList(fields), location);
    }
    return fine;
  }

  /** Reports none or more than one of the fields. */
  boolean exactlyOne(String... fields) {
    if (Arrays.stream(fields).noneMatch(this::has)) {
      findings.schema(
          "This object should have only one of the following fields: " + Arrays.asList(fields),
          location);
      return false;
    }
    return atMostOne(fields);
  }

  @Nullable String text(String field) {
    JsonNode value = raw(field);
    if (value != null && !value.isTextual()) {
      findings.schema("Expected value of type String", at(field));
      return null;
    }
    return value == null ? null : value.textValue();
  }

  /** A text that is one of these; the default where it is absent or another. */
  String oneOf(String field, List<String> choices, String otherwise) {
    String value = text(field);
    if (value == null) {
      return otherwise;
    }
    if (!choices.contains(value)) {
      findings.schema("Value should be one of the following: " + choices, at(field));
      return otherwise;
    }
    return value;
  }

  boolean flag(String field) {
    JsonNode value = raw(field);
    if (value != null && !value.isBoolean()) {
      findings.schema("Expected value of type Boolean", at(field));
    }
    return value != null && value.booleanValue();
  }

  @Nullable Long whole(String field, long least, long most) {
    JsonNode value = raw(field);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber()) {
      findings.schema("Expected value of type Integer", at(field));
      return null;
    }
    if (!value.canConvertToLong() || value.longValue() > most) {
      findings.schema("Maximum value is " + most, at(field));
      return null;
    }
    if (value.longValue() < least) {
      findings.schema("Minimum value is " + least, at(field));
      return null;
    }
    return value.longValue();
  }

  @Nullable Double number(String field, double least) {
    JsonNode value = raw(field);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      findings.schema("Expected value of type Double", at(field));
      return null;
    }
    if (value.doubleValue() < least) {
      findings.schema("Minimum value is " + least, at(field));
      return null;
    }
    return value.doubleValue();
  }

  @Nullable Fields object(String field) {
    JsonNode value = raw(field);
    return value == null ? null : of(value, at(field));
  }

  /** The elements of an array that must not be empty; none where it is absent or wrong. */
  List<JsonNode> elements(String field) {
    JsonNode value = raw(field);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      findings.schema("Expected value of type Array", at(field));
      return List.of();
    }
    var elements = new ArrayList<JsonNode>();
    value.forEach(elements::add);
    return elements;
  }

  /** As {@link #elements}; reports an array that is empty. */
  List<JsonNode> someElements(String field) {
    List<JsonNode> elements = elements(field);
    JsonNode value = raw(field);
    if (value != null && value.isArray() && elements.isEmpty()) {
      findings.schema("Value cannot be empty", at(field));
    }
    return elements;
  }

  /** The elements that are objects, with the others reported. */
  List<Fields> objects(String field, List<JsonNode> elements) {
    var objects = new ArrayList<Fields>();
    for (int i = 0; i < elements.size(); i++) {
      Fields element = of(elements.get(i), at(field) + "[" + i + "]");
      if (element != null) {
        objects.add(element);
      }
    }
    return objects;
  }
}
