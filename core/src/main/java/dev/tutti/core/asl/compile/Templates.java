package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Expression;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.intrinsic.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads payload templates: a member whose name ends in {@code .$} is to be filled in. */
final class Templates {
  private static final String MARK = ".$";
  private static final Pattern CATCHER = Pattern.compile("^Catch\\[\\d+]/");

  private Templates() {}

  static PayloadTemplate read(JsonNode value, String location, Findings findings) {
    if (value.isObject()) {
      return members(value, location, findings);
    }
    return value.isArray() ? elements(value, location, findings) : new PayloadTemplate.Fixed(value);
  }

  private static PayloadTemplate members(JsonNode object, String location, Findings findings) {
    var members = new LinkedHashMap<String, PayloadTemplate>();
    boolean fixed = true;
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      boolean marked = name.endsWith(MARK);
      String target = marked ? name.substring(0, name.length() - MARK.length()) : name;
      PayloadTemplate part =
          marked
              ? computed(name, member.getValue(), location, findings)
              : read(member.getValue(), location + "/" + name, findings);
      fixed &= part instanceof PayloadTemplate.Fixed;
      if (members.put(target, part) != null) {
        findings.schema("Duplicate field '" + target + "'", location);
      }
    }
    return fixed ? new PayloadTemplate.Fixed(object) : new PayloadTemplate.Members(members);
  }

  private static PayloadTemplate computed(
      String field, JsonNode value, String location, Findings findings) {
    Expression expression = value.isTextual() ? Expressions.parse(value.textValue()) : null;
    if (expression == null) {
      findings.schema(
          "The value for the field '"
              + field
              + "' must be a valid JSONPath or a valid intrinsic function call",
          location);
      return new PayloadTemplate.Fixed(value);
    }
    return new PayloadTemplate.Computed(field, expression);
  }

  /**
   * As {@link #read}, where texts between <code>{%</code> and <code>%}</code> are to be filled in.
   *
   * @param field the way to it from its state, as errors name it: {@code Output/id}
   * @param state where the state stands
   */
  static PayloadTemplate queried(JsonNode value, String field, String state, Findings findings) {
    if (value.isTextual() && Jsonata.marked(value.textValue())) {
      Jsonata expression = query(value.textValue(), field, state, findings);
      return expression == null
          ? new PayloadTemplate.Fixed(value)
          : new PayloadTemplate.Computed(field, expression);
    }
    boolean fixed = true;
    if (value.isObject()) {
      var members = new LinkedHashMap<String, PayloadTemplate>();
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String inside = field + "/" + member.getKey();
        PayloadTemplate part = queried(member.getValue(), inside, state, findings);
        fixed &= part instanceof PayloadTemplate.Fixed;
        members.put(member.getKey(), part);
      }
      return fixed ? new PayloadTemplate.Fixed(value) : new PayloadTemplate.Members(members);
    }
    var elements = new ArrayList<PayloadTemplate>();
    for (int i = 0; i < value.size(); i++) {
      PayloadTemplate part = queried(value.path(i), field + "[" + i + "]", state, findings);
      fixed &= part instanceof PayloadTemplate.Fixed;
      elements.add(part);
    }
    return fixed ? new PayloadTemplate.Fixed(value) : new PayloadTemplate.Elements(elements);
  }

  /**
   * An expression of JSONata; null (and a report) where it is none.
   *
   * @param field the way to it from its state
   * @param state where the state stands
   */
  static @Nullable Jsonata query(String written, String field, String state, Findings findings) {
    Jsonata expression = Jsonata.parse(written);
    String where = state + "/" + field;
    if (expression == null) {
      String fault = Jsonata.fault(written);
      if (fault.isEmpty()) {
        findings.schema("JSONata string must start with {% and end with %}", where);
      } else {
        findings.add(Diagnostic.INVALID_JSONATA_EXPRESSION, fault, where);
      }
      return null;
    }
    boolean caught = CATCHER.matcher(field).find();
    for (String missing : expression.missing(caught)) {
      findings.add(Diagnostic.UNSUPPORTED_JSONATA_EXPRESSION, missing, where);
    }
    return expression;
  }

  private static PayloadTemplate elements(JsonNode array, String location, Findings findings) {
    var elements = new ArrayList<PayloadTemplate>(array.size());
    boolean fixed = true;
    for (int i = 0; i < array.size(); i++) {
      PayloadTemplate part = read(array.path(i), location + "[" + i + "]", findings);
      fixed &= part instanceof PayloadTemplate.Fixed;
      elements.add(part);
    }
    return fixed ? new PayloadTemplate.Fixed(array) : new PayloadTemplate.Elements(elements);
  }
}
