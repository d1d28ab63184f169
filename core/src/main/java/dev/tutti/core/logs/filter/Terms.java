package dev.tutti.core.logs.filter;

import dev.tutti.core.pattern.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Words, phrases in quotes and regular expressions between percent signs, each of which has to be
 * in the message; those after a {@code -} may not, and of those after a {@code ?} one has to be.
 * Beside others, those after a {@code ?} count for nothing, as at AWS.
 */
record Terms(
    List<Predicate<String>> required,
    List<Predicate<String>> excluded,
    List<Predicate<String>> optional)
    implements LogFilter {

  static Terms of(String text) {
    List<Predicate<String>> required = new ArrayList<>();
    List<Predicate<String>> excluded = new ArrayList<>();
    List<Predicate<String>> optional = new ArrayList<>();
    FilterText rest = new FilterText(text);
    while (!rest.atEnd()) {
      List<Predicate<String>> to =
          rest.takes('-') ? excluded : rest.takes('?') ? optional : required;
      to.add(term(rest));
    }
    return new Terms(required, excluded, optional);
  }

  private static Predicate<String> term(FilterText rest) {
    if (rest.isNext('%')) {
      Regex regex = rest.expression();
      return regex::find;
    }
    String wanted = rest.isNext('"') ? rest.quoted() : rest.word();
    return message -> message.contains(wanted);
  }

  @Override
  public boolean matches(String message) {
    if (required.isEmpty() && excluded.isEmpty()) {
      return optional.isEmpty() || optional.stream().anyMatch(term -> term.test(message));
    }
    return required.stream().allMatch(term -> term.test(message))
        && excluded.stream().noneMatch(term -> term.test(message));
  }
}
