package dev.tutti.core.asl.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What arguments a function takes, in JSONata's notation; tells which of a call's is wrong. */
final class JsonataSignature {
  private final String function;
  private final List<String> parameters = new ArrayList<>();

  JsonataSignature(String function, String signature) {
    this.function = function;
    int at = 1;
    while (at < signature.length() && signature.charAt(at) != ':' && signature.charAt(at) != '>') {
      char c = signature.charAt(at);
      switch (c) {
        case '(' -> {
          int end = signature.indexOf(')', at);
          parameters.add("[" + signature.substring(at + 1, end) + "m]");
          at = end;
        }
        case '<' -> at = signature.indexOf('>', at);
        case '-' -> extend("?");
        case '?', '+' -> extend(String.valueOf(c));
        case 'a', 'x' -> parameters.add("[asnblfom]");
        case 'j' -> parameters.add("[asnblom]");
        case 'f' -> parameters.add("f");
        default -> parameters.add("[" + c + "m]");
      }
      at++;
    }
  }

  private void extend(String with) {
    parameters.set(parameters.size() - 1, parameters.getLast() + with);
  }

  /** The first argument of a call that the function doesn't take. */
  JsonataError refused(List<?> arguments) {
    var symbols = new StringBuilder();
    arguments.forEach(argument -> symbols.append(symbol(argument)));
    var pattern = new StringBuilder();
    int taken = 0;
    for (String parameter : parameters) {
      pattern.append(parameter);
      Matcher matcher = Pattern.compile(pattern.toString()).matcher(symbols);
      if (!matcher.lookingAt()) {
        break;
      }
      taken = matcher.end();
    }
    return JsonataError.argument(function, taken + 1);
  }

  private static char symbol(@Nullable Object argument) {
    return switch (argument) {
      case null -> 'm';
      case String _ -> 's';
      case Number _ -> 'n';
      case Boolean _ -> 'b';
      case List<?> _ -> 'a';
      case Map<?, ?> _ -> 'o';
      case Object other when other.equals(Jsonata.NULL) -> 'l';
      case Object _ -> 'f';
    };
  }
}
