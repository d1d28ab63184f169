package dev.tutti.services.states.items;

import java.io.IOException;

/** The items can't be read; the message is the cause that the execution shows. */
final class Unreadable extends IOException {
  private static final long serialVersionUID = 1L;

  Unreadable(String cause) {
    super(cause);
  }
}
