package dev.tutti.deploy.template;

/** Something in a file that can't be deployed; prints as {@code FILE:LINE: message}. */
public record Problem(Place place, String message) {
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
