package dev.tutti.services.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An SMTP server (RFC 5321) on a port of its own that keeps what it gets. */
public final class PostOffice implements AutoCloseable {
  private final ServerSocket socket;
  private final Queue<String> mails = new ConcurrentLinkedQueue<>();
  private volatile String answerToRecipient = "250 fine";

  public PostOffice() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** What it answers to each recipient from now on, for example {@code 550 unknown}. */
  public void answerToRecipient(String answer) {
    answerToRecipient = answer;
  }

  /** The mails that came, oldest first, each with its headers. */
  public Queue<String> mails() {
    return mails;
  }

  public MailServer server() {
    return MailServer.of(
        "smtp://127.0.0.1:" + socket.getLocalPort() + "?from=tutti%40example.org", null, null);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (SocketException _) {
      // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket client) {
    try (client) {
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      say(client, "220 post office");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String verb = line.split("[ :]", 2)[0];
        switch (verb) {
          case "RCPT" -> say(client, answerToRecipient);
          case "DATA" -> {
            say(client, "354 go on");
            mails.add(mail(in));
            say(client, "250 kept");
          }
          case "QUIT" -> {
            say(client, "221 bye");
            return;
          }
          default -> say(client, "250 fine");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
