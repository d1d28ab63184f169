package dev.tutti.services.logs;

import dev.tutti.core.kernel.Ids;
import dev.tutti.core.logs.Group;
import dev.tutti.core.logs.LogStreams;
import dev.tutti.host.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The streams that are rows: those of executions, and those written through the service. */
record StreamRows(Reader reader) implements StreamSource {
  private static final int PAGE = 500;

  @Override
  public List<Stream> streams(Group group, String prefix, @Nullable String after, int limit) {
    List<Stream> found = new ArrayList<>();
    List<String> from = null;
    if (after != null) {
      from = List.of(group.arn(), after);
    } else if (!prefix.isEmpty()) {
      from = List.of(group.arn(), prefix);
      reader.rows(LogStreams.STREAMS, from, null, 1).forEach(row -> found.add(stream(row)));
    }
    while (found.size() < limit) {
      int most = Math.min(PAGE, limit - found.size());
      List<Reader.Row> rows = reader.rows(LogStreams.STREAMS, List.of(group.arn()), from, most);
      for (Reader.Row row : rows) {
        if (!row.key().get(1).startsWith(prefix)) {
          return found;
        }
        found.add(stream(row));
        from = row.key();
      }
      if (rows.size() < most) {
        return found;
      }
    }
    return found;
  }

  private static Stream stream(Reader.Row row) {
    return new Stream(
        row.key().get(1),
        row.value().path("createdMillis").asLong(),
        row.value().path("lastMillis").asLong());
  }

  @Override
  public void entries(Group group, String stream, Place after, Predicate<Entry> to) {
    List<String> prefix = List.of(group.arn(), stream);
    List<String> from = List.of(group.arn(), stream, Ids.sortable(after.millis()), after.number());
    List<Reader.Row> rows;
    do {
      rows = reader.rows(LogStreams.ENTRIES, prefix, from, PAGE);
      for (Reader.Row row : rows) {
        from = row.key();
        Place place = new Place(row.value().path("millis").asLong(), from.get(3));
        if (!to.test(new Entry(place, row.value().path("message").asText()))) {
          return;
        }
      }
    } while (rows.size() == PAGE);
  }
}
