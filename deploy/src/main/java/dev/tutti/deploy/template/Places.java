package dev.tutti.deploy.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds where in a file a location of a diagnostic stands, {@code /States/A/Retry[0]/MaxAttempts}.
 * A state's name may hold a slash; the longest key that fits is taken.
 */
public final class Places {
  private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,6})\\]");

  private Places() {}

  /** Where it stands: the key of its last part, or of the nearest part above it that is there. */
  public static Place of(Node root, @Nullable String location) {
    List<Place> way = way(root, location == null ? "" : location);
    return way.isEmpty() ? root.place() : way.getLast();
  }

  /** Whether there is something at the location. */
  public static boolean has(Node root, String location) {
    List<Place> way = new ArrayList<>();
    return walk(root, location, way).isEmpty();
  }

  private static List<Place> way(Node root, String location) {
    List<Place> way = new ArrayList<>();
    var _ = walk(root, location, way);
    return way;
  }

  /** Returns what of the location leads nowhere. */
  private static String walk(Node node, String location, List<Place> way) {
    if (node instanceof Node.Items(Place _, List<Node> items)) {
      Matcher index = INDEX.matcher(location);
      if (!index.lookingAt() || Integer.parseInt(index.group(1)) >= items.size()) {
        return location;
      }
      Node item = items.get(Integer.parseInt(index.group(1)));
      way.add(item.place());
      return walk(item, location.substring(index.end()), way);
    }
    if (!(node instanceof Node.Fields fields) || !location.startsWith("/")) {
      return location;
    }
    String rest = location.substring(1);
    String key = null;
    for (String candidate : fields.fields().keySet()) {
      boolean fits =
          rest.equals(candidate)
              || rest.startsWith(candidate + "/")
              || rest.startsWith(candidate + "[");
      if (fits && (key == null || candidate.length() > key.length())) {
        key = candidate;
      }
    }
    Node.Field field = key == null ? null : fields.fields().get(key);
    if (key == null || field == null) {
      return location;
    }
    way.add(field.place());
    return walk(field.value(), rest.substring(key.length()), way);
  }
}
