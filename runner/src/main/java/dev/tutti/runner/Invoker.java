package dev.tutti.runner;

import java.io.IOException;

/** What runs functions: processes ({@link Runner}), or whatever answers in their place. */
public interface Invoker {
  /**
   * Runs one invocation to its end.
   *
   * @throws InterruptedException where the calling thread is interrupted; the process is ended then
   * @throws IOException where this machine can't start a process or keep a log
   */
  Outcome invoke(Function function, Invocation invocation) throws InterruptedException, IOException;

  /** The function is gone, or has to be started anew: its idle processes end now, others soon. */
  void forget(String functionArn);
}
