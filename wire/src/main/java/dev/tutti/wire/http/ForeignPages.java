package dev.tutti.wire.http;

import dev.tutti.wire.message.Request;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a page of somebody else had a browser make. Whoever looks at any page of the
 * web lets it send requests to this machine, which is all that a runtime on the loopback address
 * asks of its callers.
 *
 * <p>A browser names the page in {@code Origin} or says {@code Sec-Fetch-Site: cross-site}. A page
 * whose own name was made to lead here (DNS rebinding) is no stranger to its browser, but calls
 * this runtime by that name; so a name that anybody may register is refused as well. Clients that
 * aren't browsers send none of the former, and names like these only where they are told to.
 */
final class ForeignPages {
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d+(\\.\\d+){3}");
  private static final Pattern LOOPBACK = Pattern.compile("\\[::1]|127(\\.\\d+){3}");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final Set<String> hosts;

  /**
   * @param hosts names by which this runtime is called on purpose; theirs are all names below them
   */
  ForeignPages(Set<String> hosts) {
    this.hosts = hosts;
  }

  /** Why a request is refused; null where it isn't. */
  @Nullable String refusal(Request request) {
    String host = request.header("Host");
    if (host != null && !isOurs(name(host))) {
      return "This runtime isn't called "
          + name(host)
          + "; where it is, on purpose, tell it with --public-url";
    }
    String origin = request.header("Origin");
    if (origin != null && !isOurs(origin, host)) {
      return "Pages of " + origin + " may not use this runtime";
    }
    return isForeign(request) && !isLink(request)
        ? "Pages of other sites may not use this runtime"
        : null;
  }

  /** Whether somebody followed a link of another site here, which may show but not do anything. */
  static boolean isLink(Request request) {
    return isForeign(request)
        && request.method().equals("GET")
        && "navigate".equals(request.header("Sec-Fetch-Mode"));
  }

  private static boolean isForeign(Request request) {
    return "cross-site".equals(request.header("Sec-Fetch-Site"));
  }

  /** Whether a name is one that no stranger can have registered. */
  private boolean isOurs(String name) {
    return !name.contains(".")
        || ADDRESS.matcher(name).matches()
        || isBelow(name, "localhost")
        || isBelow(name, "internal")
        || isBelow(name, "amazonaws.com")
        || isPublic(name);
  }

  private boolean isOurs(String origin, @Nullable String host) {
    String authority;
    try {
      authority = URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (authority == null) {
      return false; // "null" is whoever doesn't tell
    }
    String name = name(authority);
    return authority.equalsIgnoreCase(host)
        || LOOPBACK.matcher(name).matches()
        || isBelow(name, "localhost")
        || isPublic(name);
  }

  private boolean isPublic(String name) {
    return hosts.stream().anyMatch(host -> isBelow(name, host));
  }

  private static boolean isBelow(String name, String domain) {
    return name.equals(domain) || name.endsWith('.' + domain);
  }

  private static String name(String authority) {
    String name = PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
