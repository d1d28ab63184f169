package planted.core.events;

/** Breaks the rule that one file knows the query library. */
public final class QueryUser {
  public com.dashjoin.jsonata.Jsonata query() {
    return com.dashjoin.jsonata.Jsonata.jsonata("1");
  }
}
