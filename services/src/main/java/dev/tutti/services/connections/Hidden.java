package dev.tutti.services.connections;

import java.util.List;

/** Takes secrets out of what others said, before it is kept or logged. */
public final class Hidden {
  private static final String MARK = "***";

  private final List<String> secrets;

  Hidden(List<String> secrets) {
    this.secrets = secrets.stream().filter(secret -> !secret.isBlank()).toList();
  }

  /** The text, with a mark in the place of each secret. */
  public String in(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, MARK);
    }
    return shown;
  }
}
