package dev.tutti.services.states.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.services.connections.Addresses;
import dev.tutti.services.http.Web;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes JSON as a form, as a Task's {@code Transform} asks; members of members are {@code
 * outer[inner]}.
 */
enum FormEncoding {
  /** {@code list[0]=a&list[1]=b}: what is done unless something else is asked for. */
  INDICES,
  /** {@code list=a&list=b}. */
  REPEAT,
  /** {@code list=a,b}. */
  COMMAS,
  /** {@code list[]=a&list[]=b}. */
  BRACKETS;

  String write(JsonNode body) {
    List<Web.Pair> pairs = new ArrayList<>();
    body.properties().forEach(member -> add(member.getKey(), member.getValue(), pairs));
    return Addresses.form(pairs);
  }

  private void add(String name, JsonNode value, List<Web.Pair> into) {
    if (value.isObject()) {
      value
          .properties()
          .forEach(member -> add(name + '[' + member.getKey() + ']', member.getValue(), into));
    } else if (!value.isArray()) {
      into.add(new Web.Pair(name, value.isNull() ? "" : value.asText()));
    } else if (this == COMMAS) {
      into.add(
          new Web.Pair(
              name,
              StreamSupport.stream(value.spliterator(), false)
                  .map(JsonNode::asText)
                  .collect(Collectors.joining(","))));
    } else {
      for (int i = 0; i < value.size(); i++) {
        add(
            switch (this) {
              case INDICES -> name + '[' + i + ']';
              case BRACKETS -> name + "[]";
              default -> name;
            },
            value.get(i),
            into);
      }
    }
  }
}
