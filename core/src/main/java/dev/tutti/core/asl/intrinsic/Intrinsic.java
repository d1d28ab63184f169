package dev.tutti.core.asl.intrinsic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The functions, by name and by how many arguments they take. */
public enum Intrinsic {
  FORMAT("States.Format", 1, Integer.MAX_VALUE),
  STRING_TO_JSON("States.StringToJson", 1, 1),
  JSON_TO_STRING("States.JsonToString", 1, 1),
  ARRAY("States.Array", 0, Integer.MAX_VALUE),
  ARRAY_PARTITION("States.ArrayPartition", 2, 2),
  ARRAY_CONTAINS("States.ArrayContains", 2, 2),
  ARRAY_RANGE("States.ArrayRange", 3, 3),
  ARRAY_GET_ITEM("States.ArrayGetItem", 2, 2),
  ARRAY_LENGTH("States.ArrayLength", 1, 1),
  ARRAY_UNIQUE("States.ArrayUnique", 1, 1),
  BASE64_ENCODE("States.Base64Encode", 1, 1),
  BASE64_DECODE("States.Base64Decode", 1, 1),
  HASH("States.Hash", 2, 2),
  JSON_MERGE("States.JsonMerge", 3, 3),
  MATH_RANDOM("States.MathRandom", 2, 3),
  MATH_ADD("States.MathAdd", 2, 2),
  STRING_SPLIT("States.StringSplit", 2, 2),
  UUID("States.UUID", 0, 0);

  private static final Map<String, Intrinsic> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Intrinsic::written, Function.identity()));

  private final String written;
  private final int fewest;
  private final int most;

  Intrinsic(String written, int fewest, int most) {
    this.written = written;
    this.fewest = fewest;
    this.most = most;
  }

  /** As definitions write it. */
  public String written() {
    return written;
  }

  static @Nullable Intrinsic named(String name) {
    return BY_NAME.get(name);
  }

  JsonNode apply(Arguments arguments) {
    if (arguments.count() < fewest || arguments.count() > most) {
      throw arguments.invalid();
    }
    return switch (this) {
      case FORMAT -> Format.format(arguments);
      case STRING_TO_JSON -> TextFunctions.stringToJson(arguments);
      case JSON_TO_STRING -> TextFunctions.jsonToString(arguments);
      case BASE64_ENCODE -> TextFunctions.base64Encode(arguments);
      case BASE64_DECODE -> TextFunctions.base64Decode(arguments);
      case HASH -> TextFunctions.hash(arguments);
      case STRING_SPLIT -> TextFunctions.split(arguments);
      case ARRAY -> ArrayFunctions.array(arguments);
      case ARRAY_PARTITION -> ArrayFunctions.partition(arguments);
      case ARRAY_CONTAINS -> ArrayFunctions.contains(arguments);
      case ARRAY_RANGE -> ArrayFunctions.range(arguments);
      case ARRAY_GET_ITEM -> ArrayFunctions.item(arguments);
      case ARRAY_LENGTH -> ArrayFunctions.length(arguments);
      case ARRAY_UNIQUE -> ArrayFunctions.unique(arguments);
      case JSON_MERGE -> OtherFunctions.merge(arguments);
      case MATH_RANDOM -> OtherFunctions.random(arguments);
      case MATH_ADD -> OtherFunctions.add(arguments);
      case UUID -> TextNode.valueOf(arguments.entropy().uuid());
    };
  }
}
