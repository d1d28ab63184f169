package dev.tutti.core.asl.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.Filter;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Predicate;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import dev.tutti.core.pattern.Regex;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path with wildcards, slices, filters, scans or functions, run by the JSONPath library that AWS
 * uses too. Where it may lead to many places its value is an array, empty where it leads to none.
 *
 * <p>This is the only place that knows the library.
 */
public final class QueryPath implements Path {
  private static final Configuration CONFIGURATION =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .build();

  private final String text;
  private final PathRoot root;
  private final JsonPath compiled;

  private QueryPath(String text, PathRoot root, JsonPath compiled) {
    this.text = text;
    this.root = root;
    this.compiled = compiled;
  }

  /**
   * Compiles a path, null where it is none.
   *
   * @param text as it was written
   * @param rest the path from its root on, written with {@code $} for the root
   */
  static @Nullable QueryPath compile(String text, PathRoot root, String rest) {
    if (!balanced(rest)) {
      return null;
    }
    try {
      RegexFilters taken =
          rest.contains("=~") ? RegexFilters.of(rest) : new RegexFilters(rest, List.of());
      if (taken == null) {
        return null;
      }
      Predicate[] filters =
          taken.filters().stream().map(QueryPath::predicate).toArray(Predicate[]::new);
      return new QueryPath(text, root, JsonPath.compile(taken.path(), filters));
    } catch (InvalidPathException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Predicate predicate(List<List<RegexFilters.Term>> either) {
    List<List<Predicate>> compiled =
        either.stream().map(all -> all.stream().map(QueryPath::predicate).toList()).toList();
    return at -> compiled.stream().anyMatch(all -> all.stream().allMatch(one -> one.apply(at)));
  }

  private static Predicate predicate(RegexFilters.Term term) {
    return switch (term) {
      case RegexFilters.Term.Other(String text) -> Filter.parse("[?(" + text + ")]");
      case RegexFilters.Term.Matches(String path, Regex regex) -> {
        JsonPath inner = JsonPath.compile(path);
        yield at -> matches(inner, regex, at);
      }
    };
  }

  private static boolean matches(JsonPath path, Regex regex, Predicate.PredicateContext at) {
    try {
      return path.read(at.item(), CONFIGURATION) instanceof JsonNode found
          && found.isTextual()
          && regex.matches(found.textValue());
    } catch (JsonPathException e) {
      return false;
    }
  }

  /** The library takes a path whose last bracket never closes. */
  private static boolean balanced(String path) {
    int open = 0;
    char quote = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (open > 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '[' || c == '(') {
        open++;
      } else if (c == ']' || c == ')') {
        open--;
      }
    }
    return open == 0 && quote == 0;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public JsonNode find(Scope scope) {
    JsonNode from = root.value(scope);
    if (from.isMissingNode()) {
      return from;
    }
    try {
      return node(compiled.read(from, CONFIGURATION));
    } catch (JsonPathException e) {
      return compiled.isDefinite()
          ? MissingNode.getInstance()
          : JsonNodeFactory.instance.arrayNode();
    }
  }

  @Override
  public String whyMissing(Scope scope) {
    JsonNode from = root.value(scope);
    if (from.isMissingNode()) {
      return "No results for path: " + root;
    }
    try {
      Object found = compiled.read(from, CONFIGURATION);
      throw new IllegalStateException("the path " + text + " leads to " + found);
    } catch (JsonPathException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The library's functions answer plain Java values. */
  private static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNodeFactory.instance.nullNode();
      case JsonNode node -> node;
      case Integer number -> JsonNodeFactory.instance.numberNode(number);
      case Long number -> JsonNodeFactory.instance.numberNode(number);
      case Number number -> DecimalNode.valueOf(new BigDecimal(number.toString()));
      case Boolean flag -> BooleanNode.valueOf(flag);
      default -> TextNode.valueOf(value.toString());
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
