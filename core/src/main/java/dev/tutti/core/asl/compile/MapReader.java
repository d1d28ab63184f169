package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.Flow;
import dev.tutti.core.asl.MapItems;
import dev.tutti.core.asl.MapState;
import dev.tutti.core.asl.Transition;
import dev.tutti.core.asl.data.Jsonata;
import dev.tutti.core.asl.data.Path;
import dev.tutti.core.asl.data.Paths;
import dev.tutti.core.asl.data.PayloadTemplate;
import dev.tutti.core.asl.data.Percentage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Map states. What runs in their DISTRIBUTED mode is another question. */
final class MapReader {
  private static final Set<String> PROCESSOR_FIELDS =
      Set.of("Comment", "StartAt", "States", "ProcessorConfig");
  private static final Set<String> CONFIG_FIELDS = Set.of("Mode", "ExecutionType");

  private static final int LONGEST_LABEL = 40;
  private static final Pattern NOT_IN_LABEL =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}\\x{7F}-\\x{9F}]");

  /** Fields that a Map may have in any mode, and use in the DISTRIBUTED mode alone. */
  private static final List<String> DISTRIBUTED_ONLY =
      List.of("ItemReader", "ItemBatcher", "ResultWriter");

  private final StateReader states;

  MapReader(StateReader states) {
    this.states = states;
  }

  MapState read(String name, @Nullable String comment, Fields fields, Transition transition) {
    fields.exactlyOne("ItemProcessor", "Iterator");
    fields.atMostOne("ItemSelector", "Parameters");
    Fields processor = fields.object(fields.has("ItemProcessor") ? "ItemProcessor" : "Iterator");
    Flow flow = new Flow("", new LinkedHashMap<>());
    MapState.Distributed distributed = null;
    if (processor != null) {
      processor.allowOnly(PROCESSOR_FIELDS);
      processor.require("States", "StartAt");
      distributed = distributed(processor, fields);
      flow = states.flow(processor);
    }
    checkLabel(fields);
    if (fields.jsonata() && fields.raw("Items") != null) {
      checkItems(fields);
    }
    PayloadTemplate selector =
        DataFields.template(fields, fields.has("ItemSelector") ? "ItemSelector" : "Parameters");
    return new MapState(
        name,
        comment,
        DataFields.flow(fields, false),
        items(fields, selector),
        flow,
        DataFields.amount(fields, "MaxConcurrency", 0, Integer.MAX_VALUE),
        DataFields.amount(fields, "ToleratedFailureCount", 0, Integer.MAX_VALUE),
        percentage(fields),
        distributed,
        distributed == null && DISTRIBUTED_ONLY.stream().anyMatch(fields::has),
        ErrorsReader.retriers(fields),
        ErrorsReader.catchers(fields),
        transition);
  }

  private static MapItems items(Fields fields, @Nullable PayloadTemplate selector) {
    if (fields.jsonata()) {
      return new MapItems(null, DataFields.template(fields, "Items"), selector);
    }
    Path path = DataFields.single(fields, "ItemsPath");
    return new MapItems(path == null ? Paths.INPUT : path, null, selector);
  }

  /** A label becomes part of ARNs. */
  private void checkLabel(Fields fields) {
    String label = fields.text("Label");
    if (label == null) {
      return;
    }
    states.label(label, fields.at("Label"));
    Matcher stranger = NOT_IN_LABEL.matcher(label);
    if (label.isEmpty()) {
      fields.findings().schema("Label cannot be empty", fields.at("Label"));
    } else if (label.codePointCount(0, label.length()) > LONGEST_LABEL) {
      fields
          .findings()
          .schema("Label cannot exceed " + LONGEST_LABEL + " characters", fields.at("Label"));
    } else if (stranger.find()) {
      fields
          .findings()
          .schema(
              "Label contains invalid character: '" + stranger.group() + "'", fields.at("Label"));
    }
  }

  private static void checkItems(Fields fields) {
    JsonNode items = fields.raw("Items");
    if (items != null && !items.isArray() && !items.isTextual()) {
      fields.findings().schema("Expected value of type Array", fields.at("Items"));
    } else if (items != null && items.isTextual()) {
      DataFields.query(fields, "Items");
    }
  }

  private static @Nullable Percentage percentage(Fields fields) {
    String field = "ToleratedFailurePercentage";
    fields.atMostOne(field, field + "Path");
    JsonNode written = fields.raw(field);
    if (written != null && written.isNumber()) {
      if (written.decimalValue().signum() < 0
          || written.decimalValue().compareTo(BigDecimal.valueOf(100)) > 0) {
        fields.findings().schema("Value must be between 0 and 100", fields.at(field));
      }
      return new Percentage(field, written.decimalValue(), null, null);
    }
    if (written != null && fields.jsonata() && written.isTextual()) {
      Jsonata expression = DataFields.query(fields, field);
      return expression == null ? null : new Percentage(field, null, null, expression);
    }
    if (written != null) {
      fields.findings().schema("Expected value of type Double", fields.at(field));
      return null;
    }
    Path path = DataFields.single(fields, field + "Path");
    return path == null ? null : new Percentage(field, null, path, null);
  }

  private static MapState.@Nullable Distributed distributed(Fields processor, Fields map) {
    String label = map.text("Label");
    Fields config = processor.object("ProcessorConfig");
    if (config == null) {
      return null;
    }
    config.allowOnly(CONFIG_FIELDS);
    String mode = config.oneOf("Mode", List.of("INLINE", "DISTRIBUTED"), "INLINE");
    if (!mode.equals("DISTRIBUTED")) {
      if (config.has("ExecutionType")) {
        config.findings().schema("Field 'ExecutionType' is not supported", config.location());
      }
      return null;
    }
    config.require("ExecutionType");
    String type = config.oneOf("ExecutionType", List.of("STANDARD", "EXPRESS"), "STANDARD");
    return new MapState.Distributed(
        DistributedFields.reader(map),
        DistributedFields.batcher(map),
        DistributedFields.writer(map),
        label,
        type.equals("EXPRESS"));
  }
}
