package dev.tutti.core.asl.compile;

import dev.tutti.core.asl.QueryLanguage;
import java.util.List;

/** Which query language a machine and its states are written in, and whose fields they may have. */
final class Languages {
  private static final String FIELD = "QueryLanguage";
  private static final List<String> WRITTEN =
      List.of(QueryLanguage.JSON_PATH.written(), QueryLanguage.JSONATA.written());

  /** Fields that only JSONata has. */
  private static final List<String> JSONATA_ONLY =
      List.of("Output", "Arguments", "Items", "Condition");

  /** Fields that only JSONPath has. */
  private static final List<String> JSON_PATH_ONLY =
      List.of(
          "InputPath",
          "OutputPath",
          "ResultPath",
          "Parameters",
          "ResultSelector",
          "ItemsPath",
          "MaxConcurrencyPath",
          "ToleratedFailureCountPath",
          "ToleratedFailurePercentagePath",
          "SecondsPath",
          "TimestampPath",
          "TimeoutSecondsPath",
          "HeartbeatSecondsPath",
          "ErrorPath",
          "CausePath",
          "Variable");

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
    return written.equals(QueryLanguage.JSONATA.written())
        ? QueryLanguage.JSONATA
        : QueryLanguage.JSON_PATH;
  }

  /** Reports a state's fields that its language does not have, unless that itself is refused. */
  static void checkState(Fields fields, QueryLanguage machine) {
    if (machine == QueryLanguage.JSON_PATH || fields.jsonata()) {
      checkFields(fields);
    }
  }

  /** Reports fields that the language does not have. */
  static void checkFields(Fields fields) {
    QueryLanguage own = fields.jsonata() ? QueryLanguage.JSONATA : QueryLanguage.JSON_PATH;
    QueryLanguage other = fields.jsonata() ? QueryLanguage.JSON_PATH : QueryLanguage.JSONATA;
    for (String field : fields.jsonata() ? JSON_PATH_ONLY : JSONATA_ONLY) {
      if (fields.has(field)) {
        fields
            .findings()
            .schema(
                "The QueryLanguage is set to '"
                    + own.written()
                    + "', but field '"
                    + field
                    + "' is only supported for the '"
                    + other.written()
                    + "' QueryLanguage",
                fields.location());
      }
    }
  }
}
