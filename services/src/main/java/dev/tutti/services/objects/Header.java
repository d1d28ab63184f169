package dev.tutti.services.objects;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** What is said of an object to those who read it over HTTP: it is handed on word by word. */
public enum Header {
  CACHE_CONTROL("CacheControl", "cache-control"),
  CONTENT_DISPOSITION("ContentDisposition", "content-disposition"),
  CONTENT_LANGUAGE("ContentLanguage", "content-language"),
  EXPIRES("Expires", "expires");

  private final String member;
  private final String wireName;

  Header(String member, String wireName) {
    this.member = member;
    this.wireName = wireName;
  }

  /** Its name in S3's model. */
  public String member() {
    return member;
  }

  /** Its name in a request, in small letters. */
  public String wireName() {
    return wireName;
  }

  /** The headers that a source tells; empty text is none. */
  public static Map<Header, String> told(Function<Header, String> source) {
    Map<Header, String> told = new EnumMap<>(Header.class);
    for (Header header : values()) {
      String text = source.apply(header);
      if (!text.isEmpty()) {
        told.put(header, text);
      }
    }
    return told;
  }
}
