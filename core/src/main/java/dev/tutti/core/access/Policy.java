package dev.tutti.core.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a resource's policy (the subset of AWS's policy language that resource policies of buses
 * and secrets use).
 *
 * <p>Fails closed: what it doesn't understand in a statement never makes it allow, and never keeps
 * it from denying. Whoever isn't the resource's owner may do only what a statement allows; the
 * owner may do all that none denies.
 */
public final class Policy {
  private static final Set<String> ELEMENTS =
      Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

  /** What a policy says. */
  public enum Ruling {
    ALLOWED,
    DENIED,
    /** No statement speaks of it. */
    SILENT
  }

  /** Whether a part of a statement fits; UNKNOWN is what we can't judge. */
  enum Fit {
    YES,
    NO,
    UNKNOWN;

    Fit and(Fit other) {
      return this == NO || other == NO ? NO : this == UNKNOWN || other == UNKNOWN ? UNKNOWN : YES;
    }

    static Fit of(boolean fits) {
      return fits ? YES : NO;
    }
  }

  private Policy() {}

  /** What a policy, missing where there is none, says of an access. */
  public static Ruling judge(JsonNode policy, Access access) {
    Ruling ruling = Ruling.SILENT;
    for (JsonNode statement : list(policy.path("Statement"))) {
      Fit fit = fit(statement, access);
      if (statement.path("Effect").asText().equals("Allow")) {
        if (fit == Fit.YES && ruling == Ruling.SILENT) {
          ruling = Ruling.ALLOWED;
        }
      } else if (fit != Fit.NO) {
        return Ruling.DENIED;
      }
    }
    return ruling;
  }

  /** Why somebody may not do something, in AWS's words; empty where they may. */
  public static Optional<String> refusal(JsonNode policy, String owner, Access access) {
    return switch (judge(policy, access)) {
      case ALLOWED -> Optional.empty();
      case DENIED -> Optional.of(access.explicitlyDenied());
      case SILENT ->
          access.account().equals(owner) ? Optional.empty() : Optional.of(access.notAllowed());
    };
  }

  private static Fit fit(JsonNode statement, Access access) {
    Fit fit =
        principal(statement.path("Principal"), access)
            .and(any(statement.path("Action"), access.action().toLowerCase(Locale.ROOT), true))
            .and(any(statement.path("Resource"), access.resource(), false))
            .and(Conditions.fit(statement.path("Condition"), access));
    var names = statement.fieldNames();
    while (names.hasNext()) {
      fit = fit.and(ELEMENTS.contains(names.next()) ? Fit.YES : Fit.UNKNOWN);
    }
    return fit;
  }

  private static Fit principal(JsonNode principal, Access access) {
    if (principal.isTextual()) {
      return principal.asText().equals("*") ? Fit.YES : Fit.UNKNOWN;
    }
    Fit fit = Fit.NO;
    for (JsonNode named : list(principal.path("AWS"))) {
      String text = named.asText();
      if (text.equals("*")
          || text.equals(access.account())
          || text.equals("arn:aws:iam::" + access.account() + ":root")) {
        return Fit.YES;
      }
      if (text.startsWith("arn:aws:iam::" + access.account() + ':')
          || text.startsWith("arn:aws:sts::" + access.account() + ':')) {
        fit = Fit.UNKNOWN;
      }
    }
    return fit;
  }

  private static Fit any(JsonNode patterns, String wanted, boolean lowerCase) {
    for (JsonNode pattern : list(patterns)) {
      String text = pattern.asText();
      if (like(lowerCase ? text.toLowerCase(Locale.ROOT) : text, wanted)) {
        return Fit.YES;
      }
    }
    return patterns.isMissingNode() ? Fit.UNKNOWN : Fit.NO;
  }

  /**
   * Whether a text is like a pattern, in which {@code *} is any text and {@code ?} any one sign.
   */
  static boolean like(String pattern, String text) {
    int at = 0;
    int star = -1;
    int retry = 0;
    int p = 0;
    while (at < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        retry = at;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(at))) {
        p++;
        at++;
      } else if (star >= 0) {
        p = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** A value that may be single or a list of them; nothing where it is absent. */
  public static List<JsonNode> list(JsonNode value) {
    List<JsonNode> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(values::add);
    } else if (!value.isMissingNode()) {
      values.add(value);
    }
    return values;
  }
}
