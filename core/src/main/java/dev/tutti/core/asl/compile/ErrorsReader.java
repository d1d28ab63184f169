package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.Catcher;
import dev.tutti.core.asl.ErrorMatch;
import dev.tutti.core.asl.Retrier;
import dev.tutti.core.asl.data.StatesError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads Retry and Catch. */
final class ErrorsReader {
  private static final long MOST = 99_999_999;
  private static final long LONGEST_DELAY_SECONDS = 31_622_400;
  private static final Set<String> RETRY_FIELDS =
      Set.of(
          "Comment",
          "ErrorEquals",
          "IntervalSeconds",
          "MaxAttempts",
          "BackoffRate",
          "MaxDelaySeconds",
          "JitterStrategy");
  private static final Set<String> CATCH_FIELDS =
      Set.of("Comment", "ErrorEquals", "ResultPath", "Next", "Output", "Assign");

  private ErrorsReader() {}

  static List<Retrier> retriers(Fields state) {
    var retriers = new ArrayList<Retrier>();
    List<JsonNode> elements = state.elements("Retry");
    List<Fields> objects = state.objects("Retry", elements);
    for (Fields fields : objects) {
      fields.allowOnly(RETRY_FIELDS);
      ErrorMatch errors = errors(fields, fields.equals(objects.getLast()));
      retriers.add(retrier(fields, errors));
    }
    return retriers;
  }

  private static Retrier retrier(Fields fields, ErrorMatch errors) {
    Long interval = fields.whole("IntervalSeconds", 0, MOST);
    Long attempts = fields.whole("MaxAttempts", 0, MOST);
    Double rate = fields.number("BackoffRate", 1.0);
    Long longest = fields.whole("MaxDelaySeconds", 1, LONGEST_DELAY_SECONDS);
    String jitter = fields.oneOf("JitterStrategy", List.of("NONE", "FULL"), "NONE");
    return new Retrier(
        errors,
        interval == null ? Retrier.DEFAULT_INTERVAL_SECONDS : interval,
        attempts == null ? Retrier.DEFAULT_MAX_ATTEMPTS : attempts,
        rate == null ? Retrier.DEFAULT_BACKOFF_RATE : rate,
        longest,
        Retrier.Jitter.valueOf(jitter));
  }

  static List<Catcher> catchers(Fields state) {
    var catchers = new ArrayList<Catcher>();
    List<Fields> objects = state.objects("Catch", state.elements("Catch"));
    for (Fields fields : objects) {
      Languages.checkFields(fields);
      fields.allowOnly(CATCH_FIELDS);
      ErrorMatch errors = errors(fields, fields.equals(objects.getLast()));
      fields.require("Next");
      String next = fields.text("Next");
      catchers.add(
          new Catcher(
              fields.text("Comment"), errors, DataFields.caught(fields), next == null ? "" : next));
    }
    return catchers;
  }

  private static ErrorMatch errors(Fields fields, boolean last) {
    fields.require("ErrorEquals");
    var names = new ArrayList<String>();
    List<JsonNode> elements = fields.someElements("ErrorEquals");
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i).isTextual()) {
        names.add(elements.get(i).textValue());
      } else {
        fields
            .findings()
            .schema("Expected value of type String", fields.at("ErrorEquals") + "[" + i + "]");
      }
    }
    if (names.contains(StatesError.ALL) && (names.size() > 1 || !last)) {
      fields
          .findings()
          .schema("States.ALL must appear alone and at end of list", fields.at("ErrorEquals"));
    }
    return new ErrorMatch(names);
  }
}
