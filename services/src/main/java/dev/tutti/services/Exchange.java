package dev.tutti.services;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.kernel.Cause;
import dev.tutti.core.kernel.Command;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Reply;
import dev.tutti.core.kernel.Request;
import dev.tutti.host.Reader;
import dev.tutti.wire.Call;
import dev.tutti.wire.ServiceError;
import java.util.List;

/**
 * One call's dealings with the engine: its commands carry the call's cause, and where the call is
 * repeated under the same id they take effect once.
 */
public abstract class Exchange {
  private final Call call;
  private final Reader reader;

  protected Exchange(Call call, Reader reader) {
    this.call = call;
    this.reader = reader;
  }

  public final Call call() {
    return call;
  }

  /** The call's input; see {@link Call#input()}. */
  public final JsonNode input() {
    return call.input();
  }

  /** The caller's account. */
  public final String context() {
    return call.context();
  }

  public final String region() {
    return call.region();
  }

  public final Reader reader() {
    return reader;
  }

  /** A UUID that is the same each time this call is repeated; purposes tell several apart. */
  public final String id(String purpose) {
    return Ids.uuid(call.id() + '/' + purpose);
  }

  /** Sends a command and waits until its facts are durable. */
  public final Reply send(Key to, Command command) {
    return sendAll(List.of(new Sent(to, command))).getFirst();
  }

  /** A command and whom it goes to. */
  public record Sent(Key to, Command command) {}

  /**
   * Sends commands at the same time, each for itself, and waits until all their facts are durable.
   *
   * @return the replies, in the commands' order
   */
  public abstract List<Reply> sendAll(List<Sent> commands);

  /** What the call's commands carry. */
  public abstract Cause cause();

  /** Hands over a command that nobody waits for, and which may be lost or left out. */
  public abstract void leave(Key to, Command command);

  /**
   * Performs a request of what this call runs. Where the call is repeated, so is the request, and
   * takes effect once.
   *
   * @param purpose tells several requests of one call apart
   * @param cause of what it does
   */
  public abstract Outcome perform(String purpose, Cause cause, Request request);

  /** As the longer one, with this call's cause. */
  public final Outcome perform(String purpose, Request request) {
    return perform(purpose, cause(), request);
  }

  /**
   * As {@link #perform}, for a call that goes on for ever: what it does isn't known when it is
   * repeated.
   *
   * @param id a UUID for the request, another each time
   */
  public abstract Outcome performAnew(String id, Cause cause, Request request);

  /**
   * As {@link #send}, for a command that has to succeed.
   *
   * @return the value of {@link Reply.Done}
   * @throws ServiceError where it was refused
   */
  public final JsonNode ask(Key to, Command command) {
    return switch (send(to, command)) {
      case Reply.Done done -> done.value();
      case Reply.Refused refused -> throw new ServiceError(refused.code(), refused.message());
    };
  }
}
