package dev.tutti.services.trace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Fact;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.host.Reader;
import dev.tutti.host.Reader.Row;
import dev.tutti.host.Traces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces from the store. A trace's aggregates are indexed by their root cause; each one's
 * facts are told by the {@link Story} of its kind, and each aggregate hangs below the fact that
 * caused it.
 */
public final class TraceReader {
  private static final Pattern ROOT = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");
  private static final int MOST_AGGREGATES = 20_000;
  private static final int MOST_FACTS = 30_000;
  private static final int ROOTS_PER_PAGE = 200;

  private final Reader reader;
  private final Map<String, Story<?>> stories = new HashMap<>();

  public TraceReader(Reader reader, Stories stories) {
    this.reader = reader;
    stories.all().forEach(story -> this.stories.put(story.decider().kind(), story));
  }

  /**
   * The root causes that something came of, newest first: {@code {root, at, origin, kind}}. Those
   * that only changed a definition are left out.
   *
   * @param limit most returned
   */
  public List<JsonNode> roots(int limit) {
    List<JsonNode> found = new ArrayList<>();
    @Nullable List<String> after = null;
    List<Row> page;
    do {
      page = reader.rows(Traces.ROOTS, List.of(), after, ROOTS_PER_PAGE);
      for (Row row : page) {
        after = row.key();
        if (found.size() < limit && stories.containsKey(row.value().path("kind").asText())) {
          found.add(row.value());
        }
      }
    } while (found.size() < limit && page.size() == ROOTS_PER_PAGE);
    return found;
  }

  /**
   * The tree of a trace.
   *
   * @param id a trace's id, an execution's ARN, an event's id, or {@code latest}
   * @return empty where there is no such thing
   */
  public Optional<TraceNode> tree(String id) {
    return root(id).flatMap(this::read);
  }

  private Optional<String> root(String id) {
    if (ROOT.matcher(id).matches()) {
      return Optional.of(id);
    }
    if (id.equals("latest")) {
      return roots(1).stream().map(row -> row.path("root").textValue()).findFirst();
    }
    return stories.values().stream()
        .flatMap(story -> story.named(id, reader).flatMap(key -> rootOf(story, key)).stream())
        .findFirst();
  }

  private <F extends Fact> Optional<String> rootOf(Story<F> story, Key key) {
    return reader.facts(key, story.decider(), 1, 1).stream()
        .map(fact -> fact.cause().root())
        .findFirst();
  }

  private Optional<TraceNode> read(String root) {
    List<Row> members = reader.rows(Traces.MEMBERS, List.of(root), null, MOST_AGGREGATES);
    if (members.isEmpty()) {
      return Optional.empty();
    }
    Map<String, TraceNode> bySpan = new HashMap<>();
    Map<TraceNode, String> parents = new LinkedHashMap<>();
    long begin = Long.MAX_VALUE;
    String origin = "";
    for (Row member : members) {
      Key key = new Key(member.key().get(1), member.key().get(2));
      long at = member.value().path("at").longValue();
      parents.put(tell(key, at, bySpan), member.value().path("parent").textValue());
      if (at < begin) {
        begin = at;
        origin = member.value().path("origin").textValue();
      }
    }
    TraceNode top = new TraceNode("root", root, origin, begin);
    parents.forEach((node, parent) -> {
      @Nullable TraceNode above = bySpan.get(parent);
      (above == null ? top : above).add(node);
    });
    return Optional.of(top);
  }

  private TraceNode tell(Key key, long at, Map<String, TraceNode> bySpan) {
    @Nullable Story<?> story = stories.get(key.kind());
    if (story == null) {
      TraceNode plain = new TraceNode(key.kind(), key.id(), key.toString(), at);
      bySpan.put(key.span(1), plain);
      return plain;
    }
    return tell(story, key, bySpan);
  }

  private <F extends Fact> TraceNode tell(Story<F> story, Key key, Map<String, TraceNode> bySpan) {
    List<Recorded<F>> facts = new ArrayList<>(reader.facts(key, story.decider(), 1, MOST_FACTS));
    Story.Told told = story.tell(key, facts);
    for (Recorded<F> fact : facts) {
      bySpan.put(key.span(fact.seq()), told.under(fact.seq()));
    }
    return told.top();
  }
}
