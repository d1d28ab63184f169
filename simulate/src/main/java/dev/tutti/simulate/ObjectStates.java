package dev.tutti.simulate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** Makes distributed Map states read their items from objects, and write their results to some. */
final class ObjectStates {
  /** A bucket that isn't there. */
  private static final String NOWHERE = "nowhere";

  private final SplittableRandom random;

  ObjectStates(SplittableRandom random) {
    this.random = random;
  }

  /** Has a state use objects, perhaps. */
  void use(ObjectNode state) {
    if (random.nextInt(3) == 0) {
      state.remove("ItemsPath");
      read(state, state.putObject("ItemReader"));
    }
    if (random.nextInt(3) == 0) {
      write(state.putObject("ResultWriter"));
    }
  }

  private void read(ObjectNode state, ObjectNode reader) {
    ObjectNode config = reader.putObject("ReaderConfig");
    ObjectNode parameters = reader.putObject("Parameters");
    parameters.put("Bucket", random.nextInt(20) == 0 ? NOWHERE : SimulatedObjects.FULL);
    reader.put("Resource", "arn:aws:states:::s3:getObject");
    switch (random.nextInt(8)) {
      case 0, 1 -> read(parameters, config, "JSON", SimulatedObjects.DOCUMENT);
      case 2 -> {
        read(parameters, config, "JSON", SimulatedObjects.DEEP);
        config.put("ItemsPointer", SimulatedObjects.POINTER);
      }
      case 3 -> read(parameters, config, "JSONL", SimulatedObjects.LINES);
      case 4 -> {
        read(parameters, config, "CSV", SimulatedObjects.ROWS);
        config.put("CSVHeaderLocation", "FIRST_ROW");
      }
      case 5 -> {
        read(parameters, config, "JSONL", SimulatedObjects.MANY);
        state.putObject("ItemBatcher").put("MaxItemsPerBatch", random.nextInt(200, 600));
      }
      case 6 -> {
        reader.put("Resource", "arn:aws:states:::s3:listObjectsV2");
        parameters.put("Prefix", SimulatedObjects.PARTS);
        if (random.nextBoolean()) {
          config.put("Transformation", "LOAD_AND_FLATTEN").put("InputType", "JSON");
        }
      }
      default -> read(parameters, config, "JSON", "missing.json");
    }
    if (random.nextInt(4) == 0) {
      config.put("MaxItems", random.nextInt(1, 5));
    }
    if (config.isEmpty()) {
      reader.remove("ReaderConfig");
    }
  }

  private static void read(ObjectNode parameters, ObjectNode config, String type, String key) {
    config.put("InputType", type);
    parameters.put("Key", key);
  }

  private void write(ObjectNode writer) {
    boolean exports = random.nextInt(4) > 0;
    ObjectNode config = writer.putObject("WriterConfig");
    config.put("Transformation", List.of("NONE", "COMPACT", "FLATTEN").get(random.nextInt(3)));
    config.put("OutputType", exports && random.nextBoolean() ? "JSONL" : "JSON");
    if (exports) {
      writer.put("Resource", "arn:aws:states:::s3:putObject");
      ObjectNode parameters = writer.putObject("Parameters");
      parameters.put("Bucket", random.nextInt(20) == 0 ? NOWHERE : SimulatedObjects.EMPTY);
      if (random.nextBoolean()) {
        parameters.put("Prefix", "runs");
      }
    }
  }
}
