package dev.tutti.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CodecTest {
  sealed interface Shape {
    record Dot() implements Shape {}

    record Line(double length, @Nullable String colour, JsonNode note) implements Shape {}

    record Group(List<Shape> parts, Map<String, Shape> named) implements Shape {}
  }

  private final Codec<Shape> codec = new Codec<>(Shape.class);

  @Test
  void writesTheSimpleNameAndReadsItBack() {
    Shape line = new Shape.Line(1.5, null, Json.parse("{\"n\":1.10,\"big\":1e400}"));

    assertThat(Json.write(codec.encode(line)))
        .isEqualTo("{\"Line\":{\"length\":1.5,\"note\":{\"n\":1.10,\"big\":1E+400}}}");
    assertThat(codec.decode(codec.encode(line))).isEqualTo(line);
  }

  @Test
  void nestedSealedTypesKeepTheirNames() {
    Shape group =
        new Shape.Group(
            List.of(new Shape.Dot(), new Shape.Line(2, "red", Json.parse("null"))),
            Map.of("a", new Shape.Dot()));

    assertThat(codec.decode(Json.parse(codec.bytes(group)))).isEqualTo(group);
  }
}
