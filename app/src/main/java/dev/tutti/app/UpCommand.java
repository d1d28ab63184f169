package dev.tutti.app;

import dev.tutti.services.gateway.Gateway;
import dev.tutti.services.gateway.Gateways;
import dev.tutti.services.mail.MailServer;
import dev.tutti.services.objects.S3Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a runtime until it is stopped. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Run the contexts of a folder, and stay.",
      "Without DIR it runs what the data directory holds. What was under way when the runtime last"
          + " stopped goes on."
    })
final class UpCommand implements Runnable {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "a folder with contexts/NAME/template.yaml")
  private @Nullable Path folder;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = ".tutti/data",
      description = "data directory, made where there is none (${DEFAULT-VALUE})")
  private Path data = Path.of(".tutti/data");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "4566",
      description = "port to listen on, on 127.0.0.1 (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "where others reach this runtime, for the links in mail and messages to subscribers",
        "(default: the port on 127.0.0.1)"
      })
  private @Nullable String publicUrl;

  @Option(
      names = "--objects",
      paramLabel = "DIR",
      description = "folder of the buckets, ACCOUNT/BUCKET/KEY (default: buckets in DATA)")
  private @Nullable Path objects;

  @Option(
      names = "--s3",
      paramLabel = "URL",
      description = {
        "an S3 elsewhere that has the buckets, instead of a folder: Map states read and write"
            + " there,",
        "and so do Tasks. Signed as --forward is"
      })
  private @Nullable String s3;

  @Option(
      names = "--forward",
      paramLabel = "SERVICE=URL",
      description = {
        "have Tasks' calls of a service that isn't here performed there; repeatable. Signed with",
        "TUTTI_FORWARD_ACCESS_KEY_ID and TUTTI_FORWARD_SECRET_ACCESS_KEY where they are set"
      })
  private List<String> forward = List.of();

  @Option(
      names = "--mail",
      paramLabel = "URL",
      description = {
        "SMTP server for SNS's mail: smtp://HOST:PORT?from=ADDRESS, or smtps:// for TLS from the",
        "start. With TUTTI_MAIL_USER and TUTTI_MAIL_PASSWORD it logs in, by TLS only"
      })
  private @Nullable String mail;

  @Option(
      names = "--push",
      paramLabel = "URL",
      description = {
        "gateway for SNS's mobile push, which gets each as a JSON POST (docs/push.md). With",
        "TUTTI_PUSH_TOKEN that is sent as a bearer token"
      })
  private @Nullable String push;

  @Option(
      names = "--sms",
      paramLabel = "URL",
      description = {
        "gateway for SNS's text messages, which gets each as a JSON POST (docs/push.md). With",
        "TUTTI_SMS_TOKEN that is sent as a bearer token"
      })
  private @Nullable String sms;

  @Override
  public void run() {
    if (folder != null) {
      Deploying.checkFolder(folder);
    }
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Assembly runtime =
        Assembly.open(
            RuntimeSettings.of(data, port)
                .withPublicUrl(publicUrl())
                .withObjects(objects)
                .withS3(endpoint())
                .withElsewhere(Forwards.of(forward))
                .withMail(mailServer())
                .withGateways(
                    new Gateways(
                        gateway("--push", push, "TUTTI_PUSH_TOKEN"),
                        gateway("--sms", sms, "TUTTI_SMS_TOKEN"))))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> waitForStop(stop, stopped)));
      if (folder != null) {
        System.out.println("Deploying " + folder);
        System.out.print(runtime.deploying().deploy(folder, Map.of()).deployment());
      }
      greet(runtime);
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private @Nullable String publicUrl() {
    if (publicUrl == null) {
      return null;
    }
    try {
      URI url = new URI(publicUrl);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (web && url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
        return publicUrl.replaceFirst("/+$", "");
      }
    } catch (URISyntaxException e) {
      throw new Complaint("--public-url: " + e.getMessage(), e);
    }
    throw new Complaint("--public-url: " + publicUrl + " is not of the form https://HOST[/PATH]");
  }

  private @Nullable S3Endpoint endpoint() {
    if (s3 == null) {
      return null;
    }
    if (objects != null) {
      throw new Complaint("--s3 and --objects exclude each other: buckets are in one place");
    }
    try {
      return S3Endpoint.of(s3, Forwards.credentials());
    } catch (IllegalArgumentException e) {
      throw new Complaint("--s3: " + e.getMessage(), e);
    }
  }

  private @Nullable MailServer mailServer() {
    if (mail == null) {
      return null;
    }
    try {
      return MailServer.of(
          mail, System.getenv("TUTTI_MAIL_USER"), System.getenv("TUTTI_MAIL_PASSWORD"));
    } catch (IllegalArgumentException e) {
      throw new Complaint("--mail: " + e.getMessage(), e);
    }
  }

  private static @Nullable Gateway gateway(String option, @Nullable String url, String token) {
    if (url == null) {
      return null;
    }
    try {
      return Gateway.of(url, System.getenv(token));
    } catch (IllegalArgumentException e) {
      throw new Complaint(option + ": " + e.getMessage(), e);
    }
  }

  /** In the shutdown hook: lets the main thread close everything before the JVM ends. */
  private static void waitForStop(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void greet(Assembly runtime) {
    System.out.printf("Tutti listens on http://127.0.0.1:%d%n", runtime.port());
    runtime
        .contexts()
        .forEach(
            (account, name) -> System.out.printf("  context %-12s access key %s%n", name, account));
    System.out.println("Stop it with Ctrl-C.");
  }
}
