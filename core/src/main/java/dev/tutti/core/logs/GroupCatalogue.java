package dev.tutti.core.logs;

import dev.tutti.core.kernel.Recorded;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The log groups that exist, folded from their facts. */
public final class GroupCatalogue {
  private final SortedMap<String, Group> groups = new ConcurrentSkipListMap<>();

  /** Takes in a fact; facts of one group come in their order. */
  public void on(Recorded<GroupFact> recorded) {
    String arn = recorded.key().id();
    Group after = groups.getOrDefault(arn, Group.blank(arn)).after(recorded);
    if (after.exists()) {
      groups.put(arn, after);
    } else {
      groups.remove(arn);
    }
  }

  /** A group; one that doesn't exist is blank. */
  public Group group(String arn) {
    return groups.getOrDefault(arn, Group.blank(arn));
  }

  /** The groups whose ARN starts with a text, by their ARNs. */
  public List<Group> startingWith(String arn) {
    return groups.tailMap(arn).entrySet().stream()
        .takeWhile(entry -> entry.getKey().startsWith(arn))
        .map(Map.Entry::getValue)
        .toList();
  }
}
