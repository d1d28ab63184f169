package dev.tutti.runner;

import java.nio.file.Path;
import java.util.Map;

/** A program that runs a function and is killed meanwhile, by {@link CrashTest}. */
final class CrashMain {
  private CrashMain() {}

  /** Takes the folder of the runner and the folder of the code. */
  public static void main(String[] args) throws Exception {
    Runner runner = new Runner(RunnerOptions.standard(Path.of(args[0]), "http://127.0.0.1:1"));
    Function function =
        new Function(
            "arn:aws:lambda:eu-west-1:111122223333:function:f",
            "1",
            "$LATEST",
            "python3.12",
            "app.handler",
            Path.of(args[1]),
            600,
            256,
            Map.of(),
            "/aws/lambda/f");
    runner.invoke(function, Invocation.of("id-1", new byte[] {'1'}));
  }
}
