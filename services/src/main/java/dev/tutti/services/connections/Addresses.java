package dev.tutti.services.connections;

import dev.tutti.services.http.Web;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Addresses, and what is written into them. */
public final class Addresses {
  private Addresses() {}

  /** A text as a part of an address (RFC 3986, 2.1). */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Pairs as {@code application/x-www-form-urlencoded}. */
  public static String form(List<Web.Pair> pairs) {
    return pairs.stream()
        .map(pair -> encoded(pair.name()) + '=' + encoded(pair.value()))
        .collect(Collectors.joining("&"));
  }

  /** An address with more parameters in its query. */
  static String withQuery(String address, List<Web.Pair> pairs) {
    if (pairs.isEmpty()) {
      return address;
    }
    String joint = address.indexOf('?') < 0 ? "?" : address.endsWith("?") ? "" : "&";
    return address + joint + form(pairs);
  }

  /** An address whose asterisks are filled, in order, as far as there are values. */
  public static String filled(String address, List<String> values) {
    StringBuilder filled = new StringBuilder();
    int next = 0;
    for (int i = 0; i < address.length(); i++) {
      char letter = address.charAt(i);
      if (letter == '*' && next < values.size()) {
        filled.append(encoded(values.get(next++)));
      } else {
        filled.append(letter);
      }
    }
    return filled.toString();
  }
}
