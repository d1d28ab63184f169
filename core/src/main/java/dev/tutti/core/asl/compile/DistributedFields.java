package dev.tutti.core.asl.compile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ItemBatcher;
import dev.tutti.core.asl.ItemReader;
import dev.tutti.core.asl.ResultWriter;
import dev.tutti.core.asl.data.Amount;
import dev.tutti.core.asl.data.PayloadTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a Map state has in its DISTRIBUTED mode alone. */
final class DistributedFields {
  private static final Map<String, String> DELIMITERS =
      Map.of("COMMA", ",", "PIPE", "|", "SEMICOLON", ";", "SPACE", " ", "TAB", "\t");
  private static final List<String> FORMATS =
      List.of("CSV", "JSON", "JSONL", "MANIFEST", "PARQUET");
  private static final long MOST = 100_000_000;

  private DistributedFields() {}

  static @Nullable ItemReader reader(Fields map) {
    Fields reader = map.object("ItemReader");
    if (reader == null) {
      return null;
    }
    Fields config = reader.object("ReaderConfig");
    Amount most = config == null ? null : DataFields.amount(config, "MaxItems", 0, MOST);
    String resource = reader.text("Resource");
    boolean lists = resource != null && resource.endsWith(":s3:listObjectsV2");
    return new ItemReader(arguments(reader), config(config, lists), most);
  }

  private static ItemReader.Config config(@Nullable Fields config, boolean lists) {
    if (config == null) {
      return new ItemReader.Config(
          lists ? ItemReader.Format.LIST : ItemReader.Format.JSON, null, ",", null, null);
    }
    ItemReader.Format content =
        config.has("InputType")
            ? ItemReader.Format.valueOf(config.oneOf("InputType", FORMATS, "JSON"))
            : null;
    boolean flattened = "LOAD_AND_FLATTEN".equals(config.text("Transformation"));
    String manifest = config.text("ManifestType");
    boolean athena = !lists && "ATHENA_DATA".equals(manifest);
    ItemReader.Format named = content == null ? ItemReader.Format.JSON : content;
    boolean indirect = athena || "S3_INVENTORY".equals(manifest);
    List<String> headers = null;
    checkHeaders(config, content);
    if ("GIVEN".equals(config.text("CSVHeaderLocation"))) {
      headers = new ArrayList<>();
      for (JsonNode header : config.elements("CSVHeaders")) {
        headers.add(header.asText());
      }
    }
    String delimiter = config.text("CSVDelimiter");
    return new ItemReader.Config(
        lists ? ItemReader.Format.LIST : indirect ? ItemReader.Format.MANIFEST : named,
        headers,
        delimiter == null ? "," : DELIMITERS.getOrDefault(delimiter, ","),
        config.text("ItemsPointer"),
        (lists && flattened) || athena ? named : null);
  }

  /** Where a file's columns have their names is a question of CSV alone. */
  private static void checkHeaders(Fields config, ItemReader.@Nullable Format content) {
    boolean located = config.has("CSVHeaderLocation");
    if (content == ItemReader.Format.CSV && !located) {
      config.findings().schema("The field 'CSVHeaderLocation' is required", config.location());
    } else if (content == ItemReader.Format.JSON && located) {
      config.findings().schema("Field 'CSVHeaderLocation' is not supported", config.location());
    } else if ("GIVEN".equals(config.text("CSVHeaderLocation"))) {
      config.require("CSVHeaders");
    }
  }

  private static @Nullable PayloadTemplate arguments(Fields of) {
    return DataFields.template(of, of.jsonata() ? "Arguments" : "Parameters");
  }

  static @Nullable ItemBatcher batcher(Fields map) {
    Fields batcher = map.object("ItemBatcher");
    return batcher == null
        ? null
        : new ItemBatcher(
            DataFields.amount(batcher, "MaxItemsPerBatch", 1, MOST),
            DataFields.amount(batcher, "MaxInputBytesPerBatch", 1, 256 * 1024),
            DataFields.template(batcher, "BatchInput"));
  }

  static @Nullable ResultWriter writer(Fields map) {
    Fields writer = map.object("ResultWriter");
    if (writer == null) {
      return null;
    }
    boolean exports = writer.has("Resource");
    Fields config = writer.object("WriterConfig");
    List<String> kinds = List.of("NONE", "COMPACT", "FLATTEN");
    String otherwise = exports ? "NONE" : "COMPACT";
    return new ResultWriter(
        exports,
        arguments(writer),
        ResultWriter.Transformation.valueOf(
            config == null ? otherwise : config.oneOf("Transformation", kinds, otherwise)),
        config != null
            && config.oneOf("OutputType", List.of("JSON", "JSONL"), "JSON").equals("JSONL"));
  }
}
