package dev.tutti.core.functions;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What is published of a function: versions, each a release under a number for ever, and aliases,
 * names that lead to one or two of them.
 *
 * @param last highest number ever given; 0 for none
 * @param changed whether {@code $LATEST} was changed since it was published last
 */
public record Published(
    NavigableMap<Integer, Release> versions,
    int last,
    boolean changed,
    NavigableMap<String, Alias> aliases) {
  static final Published NOTHING = new Published(new TreeMap<>(), 0, false, new TreeMap<>());

  public Published {
    versions = Collections.unmodifiableNavigableMap(new TreeMap<>(versions));
    aliases = Collections.unmodifiableNavigableMap(new TreeMap<>(aliases));
  }

  /** After a change of {@code $LATEST}. */
  Published stale() {
    return new Published(versions, last, true, aliases);
  }

  /** With a further version. */
  Published with(Release version) {
    var more = new TreeMap<>(versions);
    more.put(version.number(), version);
    return new Published(more, version.number(), false, aliases);
  }

  Published withoutVersion(int number) {
    var fewer = new TreeMap<>(versions);
    fewer.remove(number);
    return new Published(fewer, last, changed, aliases);
  }

  /** With an alias, instead of the one of its name where there is one. */
  Published with(Alias alias) {
    var more = new TreeMap<>(aliases);
    more.put(alias.name(), alias);
    return new Published(versions, last, changed, more);
  }

  Published withoutAlias(String name) {
    var fewer = new TreeMap<>(aliases);
    fewer.remove(name);
    return new Published(versions, last, changed, fewer);
  }
}
