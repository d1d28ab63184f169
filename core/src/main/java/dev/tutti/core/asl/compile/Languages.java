package dev.tutti.core.asl.compile;

import dev.tutti.core.asl.QueryLanguage;
import java.util.List;

/**
 * Which query language a machine and its states are written in. Only JSONPath compiles so far;
 * JSONata is refused by name.
 */
final class Languages {
  private static final String FIELD = "QueryLanguage";
  private static final List<String> WRITTEN =
      List.of(QueryLanguage.JSON_PATH.written(), QueryLanguage.JSONATA.written());

  /** Fields that only JSONata has. */
  private static final List<String> JSONATA_ONLY =
      List.of("Output", "Arguments", "Items", "Condition");

  private Languages() {}

  static QueryLanguage machine(Fields fields) {
    return read(fields, QueryLanguage.JSON_PATH);
  }

  static QueryLanguage state(Fields fields, QueryLanguage machine) {
    QueryLanguage language = read(fields, machine);
    if (machine == QueryLanguage.JSONATA && language == QueryLanguage.JSON_PATH) {
      fields
          .findings()
          .schema(
              "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
              fields.location());
    }
    return language;
  }

  private static QueryLanguage read(Fields fields, QueryLanguage otherwise) {
    String written = fields.oneOf(FIELD, WRITTEN, otherwise.written());
    if (written.equals(QueryLanguage.JSONATA.written()) && fields.has(FIELD)) {
      fields.findings().schema("QueryLanguage 'JSONata' is not supported yet", fields.at(FIELD));
    }
    return written.equals(QueryLanguage.JSONATA.written())
        ? QueryLanguage.JSONATA
        : QueryLanguage.JSON_PATH;
  }

  /** Reports fields that the language does not have, or that are not supported yet. */
  static void checkFields(Fields fields) {
    for (String field : JSONATA_ONLY) {
      if (fields.has(field)) {
        fields
            .findings()
            .schema(
                "The QueryLanguage is set to 'JSONPath', but field '"
                    + field
                    + "' is only supported for the 'JSONata' QueryLanguage",
                fields.location());
      }
    }
    if (fields.has("Assign")) {
      fields.findings().schema("Field 'Assign' is not supported yet", fields.location());
    }
  }
}
