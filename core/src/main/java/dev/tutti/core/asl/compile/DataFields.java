package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.DataFlow;
import dev.tutti.core.asl.data.Expression;
import dev.tutti.core.asl.data.JsonPathFlow;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.JsonataFlow;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.PathRoot;
import dev.tutti.core.asl.data.Paths;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.data.ReferencePath;
import dev.tutti.core.asl.data.ResultPath;
import dev.tutti.core.asl.data.Text;
import dev.tutti.core.asl.intrinsic.Expressions;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the fields that hold paths, expressions and templates. */
final class DataFields {
  private static final int LONGEST_NAME = 80;
  private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{M}\\p{N}\\p{Pc}]*");

  private DataFields() {}

  /**
   * The data flow of a state.
   *
   * @param withParameters whether Parameters are the state's own (not so for a Map state)
   */
  static DataFlow flow(Fields fields, boolean withParameters) {
    if (fields.jsonata()) {
      return new JsonataFlow(
          withParameters ? template(fields, "Arguments") : null,
          template(fields, "Output"),
          assign(fields));
    }
    return new JsonPathFlow(
        selection(fields, "InputPath"),
        withParameters ? template(fields, "Parameters") : null,
        template(fields, "ResultSelector"),
        resultPath(fields),
        selection(fields, "OutputPath"),
        assign(fields));
  }

  /** The data flow of a state that only looks at its input. */
  static DataFlow plain(Fields fields) {
    return fields.jsonata() ? new JsonataFlow(null, null, null) : JsonPathFlow.PLAIN;
  }

  /** The data flow of a Catch. */
  static DataFlow caught(Fields fields) {
    return fields.jsonata()
        ? new JsonataFlow(null, template(fields, "Output"), assign(fields))
        : new JsonPathFlow(
            Paths.INPUT, null, null, resultPath(fields), Paths.INPUT, assign(fields));
  }

  /**
   * The data flow of a Choice where one of its rules is taken.
   *
   * @param state the state's own
   */
  static DataFlow chosen(Fields rule, DataFlow state) {
    return switch (state) {
      case JsonPathFlow flow -> flow.assigning(assign(rule));
      case JsonataFlow flow -> new JsonataFlow(null, template(rule, "Output"), assign(rule));
    };
  }

  /** The variables that a state sets. */
  private static @Nullable PayloadTemplate assign(Fields fields) {
    Fields variables = fields.object("Assign");
    if (variables == null) {
      return null;
    }
    for (String written : variables.names()) {
      String name =
          fields.jsonata() || !written.endsWith(".$")
              ? written
              : written.substring(0, written.length() - 2);
      if (!VARIABLE.matcher(name).matches()) {
        variable(variables, name, "the variable name contains invalid characters.");
      } else if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
        variable(variables, name, "the variable name exceeds " + LONGEST_NAME + " characters.");
      } else if (name.equals("states")) {
        fields
            .findings()
            .add(
                Diagnostic.RESERVED_VARIABLE_NAME,
                "Cannot assign to reserved variable '$states'.",
                variables.location());
      }
    }
    return template(fields, "Assign");
  }

  private static void variable(Fields variables, String name, String fault) {
    variables
        .findings()
        .add(
            Diagnostic.INVALID_VARIABLE_NAME,
            "Invalid variable name '" + name + "': " + fault,
            variables.location());
  }

  /** InputPath or OutputPath: {@code $} where absent, null where the definition says null. */
  private static @Nullable Path selection(Fields fields, String field) {
    JsonNode value = fields.raw(field);
    if (value == null) {
      return Paths.INPUT;
    }
    if (value.isNull()) {
      return null;
    }
    String text = fields.text(field);
    Path path = text == null ? Paths.INPUT : Paths.parse(text);
    if (path == null) {
      fields.findings().schema("Value must be a valid JSONPath.", fields.at(field));
    }
    return path;
  }

  static ResultPath resultPath(Fields fields) {
    JsonNode value = fields.raw("ResultPath");
    if (value == null) {
      return ResultPath.WHOLE;
    }
    if (value.isNull()) {
      return new ResultPath.Nowhere();
    }
    ReferencePath path = reference(fields, "ResultPath");
    if (path == null || path.steps().isEmpty()) {
      return ResultPath.WHOLE;
    }
    return new ResultPath.At(path.text(), path.steps());
  }

  /** A Reference Path into the data; null where it is absent or wrong. */
  static @Nullable ReferencePath reference(Fields fields, String field) {
    String text = fields.text(field);
    if (text == null) {
      return null;
    }
    ReferencePath path = Paths.parseReference(text);
    if (path != null && path.root() instanceof PathRoot.Input) {
      return path;
    }
    notReference(fields, field, text);
    return null;
  }

  /** A path to a single place that may also start at the context object or a variable. */
  static @Nullable Path single(Fields fields, String field) {
    String text = fields.text(field);
    if (text == null) {
      return null;
    }
    Path path = Paths.parse(text);
    if (path == null) {
      notReference(fields, field, text);
    }
    return path;
  }

  private static void notReference(Fields fields, String field, String text) {
    fields
        .findings()
        .schema(
            "Value is not a Reference Path"
                + (text.startsWith("$") ? "" : ": Reference path didn't start with '$'"),
            fields.at(field));
  }

  /** A number and its Path form, of which there may be one; the latter not of the context. */
  static @Nullable Amount amount(Fields fields, String field, long least, long most) {
    JsonNode written = fields.raw(field);
    if (fields.jsonata() && written != null && written.isTextual()) {
      Jsonata expression = query(fields, field);
      return expression == null
          ? null
          : new Amount.Computed(fields.inState(field), expression, least);
    }
    String pathField = field + "Path";
    fields.atMostOne(field, pathField);
    Long value = fields.whole(field, least, most);
    if (value != null) {
      return new Amount.Fixed(value);
    }
    Path path = single(fields, pathField);
    if (path == null) {
      return null;
    }
    if (!(path instanceof ReferencePath at) || at.root() instanceof PathRoot.Context) {
      notReference(fields, pathField, path.text());
    }
    return new Amount.AtPath(pathField, path);
  }

  /** A text and its Path form, of which there may be one; the latter may be a function call. */
  static @Nullable Text text(Fields fields, String field) {
    String pathField = field + "Path";
    fields.atMostOne(field, pathField);
    String value = fields.text(field);
    if (value != null && fields.jsonata() && Jsonata.marked(value)) {
      Jsonata expression = query(fields, field);
      return expression == null ? null : new Text.Queried(field, expression);
    }
    if (value != null) {
      return new Text.Fixed(value);
    }
    String written = fields.text(pathField);
    if (written == null) {
      return null;
    }
    Expression expression = Expressions.parse(written);
    if (expression == null) {
      fields
          .findings()
          .schema(
              "The value for the field '"
                  + pathField
                  + "' must be a valid JSONPath or a valid intrinsic function call",
              fields.location());
      return null;
    }
    return new Text.Computed(pathField, expression);
  }

  /** A payload template; null where the field is absent. */
  static @Nullable PayloadTemplate template(Fields fields, String field) {
    JsonNode value = fields.raw(field);
    if (value == null) {
      return null;
    }
    return fields.jsonata()
        ? Templates.queried(value, fields.inState(field), fields.state(), fields.findings())
        : Templates.read(value, fields.at(field), fields.findings());
  }

  /** A field that holds an expression of JSONata; null (and a report) where it is none. */
  static @Nullable Jsonata query(Fields fields, String field) {
    String written = fields.text(field);
    return written == null
        ? null
        : Templates.query(written, fields.inState(field), fields.state(), fields.findings());
  }
}
