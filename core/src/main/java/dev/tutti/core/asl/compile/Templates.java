package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Expression;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.intrinsic.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads payload templates: a member whose name ends in {@code .$} is to be filled in. */
final class Templates {
  private static final String MARK = ".$";

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
