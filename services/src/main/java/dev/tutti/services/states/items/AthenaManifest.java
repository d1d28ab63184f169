package dev.tutti.services.states.items;

import dev.tutti.core.asl.ItemReader;
import dev.tutti.services.objects.Bucket;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the objects hold that a query of Athena's has written (Athena user guide, "UNLOAD": its
 * manifest has a line for each, {@code s3://bucket/key}); they may be packed. A position is the
 * offset of a line, a line feed, and the position in the object that the line names, or nothing at
 * its beginning.
 *
 * @param content format of the objects
 */
record AthenaManifest(Source source, ItemReader.Format content) {
  private static final Pattern ADDRESS = Pattern.compile("\"?s3://([^/]+)/(.+?)\"?");

  String read(String position, Page page) throws IOException {
    int cut = position.indexOf('\n');
    long from = cut < 0 ? 0 : Long.parseLong(position.substring(0, cut));
    String inside = cut < 0 ? "" : position.substring(cut + 1);
    try (InputStream in = source.open(source.key(), from)) {
      var text = new Text(in, from);
      while (!text.atEnd()) {
        long line = text.offset();
        String address = text.line().strip();
        inside = address.isEmpty() ? "" : object(address, inside, page);
        if (!inside.isEmpty()) {
          return line + "\n" + inside;
        }
        if (page.isFull() && !text.atEnd()) {
          return text.offset() + "\n";
        }
      }
    }
    return "";
  }

  private String object(String address, String inside, Page page) throws IOException {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw new Unreadable("A line of the manifest names no object: " + address);
    }
    Bucket bucket = new Bucket(source.bucket().account(), parts.group(1));
    return new ObjectContent(source.store(), bucket, source.config(), content)
        .read(inside, parts.group(2), page);
  }
}
