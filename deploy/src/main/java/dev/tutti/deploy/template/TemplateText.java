package dev.tutti.deploy.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Turns YAML or JSON text into {@link Node}s. CloudFormation's short tags become their long form
 * ({@code !Ref x} is {@code {Ref: x}}), so that nothing after this knows of them.
 *
 * <p>Aliases are expanded and count like everything else towards the bound on values, which is what
 * stops a small text from growing without end.
 */
public final class TemplateText {
  private static final int MAX_VALUES = 200_000;
  private static final int MAX_DEPTH = 200;
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  /** Short tags whose long form is {@code Fn::} and the same name. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "Base64",
          "Cidr",
          "And",
          "Equals",
          "If",
          "Not",
          "Or",
          "FindInMap",
          "ForEach",
          "GetAtt",
          "GetAZs",
          "ImportValue",
          "Join",
          "Length",
          "Select",
          "Split",
          "Sub",
          "ToJsonString",
          "Transform");

  private final String file;
  private final Problems problems;
  private int values;

  private TemplateText(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Reads one document.
   *
   * @param file how the file is called in problems; a name ending in {@code .json} allows tabs
   * @return empty where the text is no single, well-formed document; the problem has been added
   */
  public static Optional<Node> read(String file, String text, Problems problems) {
    return new TemplateText(file, problems).read(text);
  }

  private Optional<Node> read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_VALUES)
            .build();
    String source = file.endsWith(".json") ? text.replace('\t', ' ') : text;
    try {
      var composed = new Compose(settings).composeString(source);
      if (composed.isEmpty()) {
        problems.add(Place.of(file), "the file is empty");
        return Optional.empty();
      }
      return Optional.of(convert(composed.get(), 0));
    } catch (MarkedYamlEngineException e) {
      Place place =
          e.getProblemMark()
              .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(Place.of(file));
      problems.add(place, String.valueOf(e.getProblem()));
    } catch (TooLarge e) {
      problems.add(e.place, "the file holds too much, aliases included");
    } catch (YamlEngineException e) {
      problems.add(Place.of(file), String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private Node convert(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
    Place place = place(node);
    if (++values > MAX_VALUES || depth > MAX_DEPTH) {
      throw new TooLarge(place);
    }
    Node plain =
        switch (node) {
          case ScalarNode scalar -> scalar(place, scalar);
          case SequenceNode sequence -> {
            List<Node> items = new ArrayList<>();
            for (var item : sequence.getValue()) {
              items.add(convert(item, depth + 1));
            }
            yield new Node.Items(place, items);
          }
          case MappingNode mapping -> mapping(place, mapping, depth);
          default -> throw new TooLarge(place);
        };
    String tag = node.getTag().getValue();
    return tag.startsWith("!") && tag.length() > 1 ? tagged(place, tag.substring(1), plain) : plain;
  }

  private Node mapping(Place place, MappingNode mapping, int depth) {
    Map<String, Node.Field> fields = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Place keyPlace = place(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(keyPlace, "a key must be text");
        continue;
      }
      var field = new Node.Field(keyPlace, convert(tuple.getValueNode(), depth + 1));
      if (fields.putIfAbsent(key.getValue(), field) != null) {
        problems.add(keyPlace, "the key " + key.getValue() + " stands here twice");
      }
    }
    return new Node.Fields(place, fields);
  }

  private Node tagged(Place place, String tag, Node value) {
    if (tag.equals("Ref") || tag.equals("Condition")) {
      return single(place, tag, value);
    }
    if (!FUNCTIONS.contains(tag)) {
      problems.add(place, "the tag !" + tag + " is not supported");
      return Node.unknown(place);
    }
    return single(place, "Fn::" + tag, value);
  }

  private static Node single(Place place, String key, Node value) {
    return new Node.Fields(place, Map.of(key, new Node.Field(place, value)));
  }

  private static Node scalar(Place place, ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.BOOL)) {
      return new Node.Scalar(place, Node.Kind.BOOLEAN, text.toLowerCase(Locale.ROOT));
    }
    if (tag.equals(Tag.NULL)) {
      return new Node.Scalar(place, Node.Kind.NULL, "");
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return number(place, text);
    }
    return Node.text(place, text);
  }

  /** Infinity and the like have no JSON form and stay text. */
  private static Node number(Place place, String text) {
    try {
      if (text.startsWith("0x") || text.startsWith("0o")) {
        int radix = text.startsWith("0x") ? 16 : 8;
        String digits = new BigInteger(text.substring(2), radix).toString();
        return new Node.Scalar(place, Node.Kind.NUMBER, digits);
      }
      var checked = new BigDecimal(text);
      return new Node.Scalar(
          place, checked.scale() > 1000 ? Node.Kind.TEXT : Node.Kind.NUMBER, text);
    } catch (NumberFormatException e) {
      return Node.text(place, text);
    }
  }

  private Place place(org.snakeyaml.engine.v2.nodes.Node node) {
    return node.getStartMark()
        .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(Place.of(file));
  }

  /** Stops the conversion; never leaves this class. */
  private static final class TooLarge extends RuntimeException {
    private final transient Place place;

    TooLarge(Place place) {
      super(null, null, false, false);
      this.place = place;
    }
  }
}
