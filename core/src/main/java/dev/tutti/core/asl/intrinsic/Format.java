package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Collectors;

/** States.Format: fills the {@code {}} of a template in order. */
final class Format {
  private Format() {}

  static JsonNode format(Arguments arguments) {
    String template = arguments.text(0);
    if (!arguments.template().isEmpty()) {
      template = arguments.template();
    }
    var text = new StringBuilder();
    int next = 1;
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      switch (c) {
        case '\\' -> {
          if (i + 1 < template.length()) {
            i++;
          }
          text.append(template.charAt(i));
        }
        case '{' -> {
          if (i + 1 >= template.length() || template.charAt(i + 1) != '}') {
            throw template("matching '}' not found for '{'.");
          }
          if (next >= arguments.count()) {
            throw mismatch(arguments);
          }
          text.append(shown(arguments.at(next)));
          next++;
          i++;
        }
        case '}' -> throw template("matching '{' not found for '}'.");
        default -> text.append(c);
      }
    }
    if (next != arguments.count()) {
      throw mismatch(arguments);
    }
    return TextNode.valueOf(text.toString());
  }

  /** AWS shows values as its Java collections do: {a=1, b=[2, x]}. */
  private static String shown(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(member -> member.getKey() + "=" + shown(member.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      return value.valueStream().map(Format::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static IntrinsicFault mismatch(Arguments arguments) {
    return arguments.invalid("number of arguments do not match the occurrences of {}.");
  }

  private static IntrinsicFault template(String reason) {
    return new IntrinsicFault("Invalid template in States.Format: " + reason);
  }
}
