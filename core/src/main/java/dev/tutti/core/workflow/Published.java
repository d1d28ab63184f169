package dev.tutti.core.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is published of a state machine: versions, each a revision under a number for ever, and
 * aliases, names that lead to one or two versions.
 *
 * @param last the highest number that was ever given; 0 for none
 */
public record Published(
    int last, SortedMap<Integer, Version> versions, SortedMap<String, Alias> aliases) {
  static final Published NOTHING = new Published(0, new TreeMap<>(), new TreeMap<>());

  public Published {
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
  }

  /** A revision under a number. */
  public record Version(
      int number, String revision, @Nullable String description, long createdMillis) {}

  /**
   * A name for versions.
   *
   * @param routes whose weights sum up to 100
   */
  public record Alias(
      String name,
      @Nullable String description,
      List<Route> routes,
      long createdMillis,
      long updatedMillis) {
    public Alias {
      routes = List.copyOf(routes);
    }

    /**
     * The version that one start goes to.
     *
     * @param lot from 0 to 99
     */
    public int version(int lot) {
      int below = 0;
      for (Route route : routes) {
        below += route.weight();
        if (lot < below) {
          return route.version();
        }
      }
      return routes.getLast().version();
    }
  }

  /** A version and its share of the starts, in percent. */
  public record Route(int version, int weight) {}

  /** The version that a revision has last been published as; null for none. */
  @Nullable Version of(String revision) {
    Version latest = versions.get(last);
    return latest != null && latest.revision().equals(revision) ? latest : null;
  }

  /** Names of the aliases that lead to a version. */
  List<String> leadingTo(int version) {
    var names = new ArrayList<String>();
    for (Alias alias : aliases.values()) {
      if (alias.routes().stream().anyMatch(route -> route.version() == version)) {
        names.add(alias.name());
      }
    }
    return names;
  }

  Published with(Version version) {
    var more = new TreeMap<>(versions);
    more.put(version.number(), version);
    return new Published(version.number(), more, aliases);
  }

  Published without(int version) {
    var fewer = new TreeMap<>(versions);
    fewer.remove(version);
    return new Published(last, fewer, aliases);
  }

  Published with(Alias alias) {
    var more = new TreeMap<>(aliases);
    more.put(alias.name(), alias);
    return new Published(last, versions, more);
  }

  Published without(String alias) {
    var fewer = new TreeMap<>(aliases);
    fewer.remove(alias);
    return new Published(last, versions, fewer);
  }
}
