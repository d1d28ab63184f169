package dev.tutti.simulate.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.asl.ItemReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The objects that Map states read and write, as whoever put them there knows them. */
public interface Stock {
  /** Nobody knows. */
  Stock UNKNOWN =
      new Stock() {
        @Override
        public @Nullable List<JsonNode> items(
            String account, JsonNode arguments, ItemReader.Config config) {
          return null;
        }

        @Override
        public byte @Nullable [] object(String account, String bucket, String key) {
          return null;
        }

        @Override
        public boolean hasRefused() {
          return true;
        }

        @Override
        public boolean isUnknown() {
          return true;
        }
      };

  /**
   * The items that a reader has to find; null where there is nothing that can be read.
   *
   * @param arguments Bucket with Key or Prefix
   */
  @Nullable List<JsonNode> items(String account, JsonNode arguments, ItemReader.Config config);

  /** What an object holds; null where there is none. */
  byte @Nullable [] object(String account, String bucket, String key);

  /** Whether nobody knows what there is. */
  default boolean isUnknown() {
    return false;
  }

  /** Whether anything was refused that could have been done. */
  boolean hasRefused();
}
