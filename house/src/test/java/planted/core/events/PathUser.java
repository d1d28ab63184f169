package planted.core.events;

/** Breaks a rule on purpose. */
public final class PathUser {
  public com.jayway.jsonpath.Predicate predicate() {
    return context -> true;
  }
}
