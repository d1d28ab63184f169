package dev.tutti.wire.protocol;

import java.nio.charset.StandardCharsets;

/** Writes XML elements one after the other. */
final class Xml {
  private final StringBuilder out = new StringBuilder(512);

  Xml open(String element) {
    out.append('<').append(element).append('>');
    return this;
  }

  /** Opens the outermost element, in a namespace unless that is empty. */
  Xml root(String element, String namespace) {
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<").append(element);
    if (!namespace.isEmpty()) {
      out.append(" xmlns=\"").append(namespace).append('"');
    }
    out.append('>');
    return this;
  }

  Xml close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  /** An element that holds text only. */
  Xml text(String element, String text) {
    open(element);
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i));
    }
    return close(element);
  }

  private void escape(char c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\r' -> out.append("&#xD;");
      case '\n', '\t' -> out.append(c);
      default -> out.append(c < ' ' || c == '\uFFFE' || c == '\uFFFF' ? '\uFFFD' : c);
    }
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
