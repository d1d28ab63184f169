package dev.tutti.app;

import dev.tutti.store.rocksdb.DataDirectory;
import dev.tutti.store.rocksdb.DataDirectoryException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cuts damaged data back to the last change that is whole, when told so in so many words. */
@Command(
    name = "repair",
    mixinStandardHelpOptions = true,
    description = {
      "Give up what was acknowledged after a damage in the log, so that the rest can be used.",
      "./tutti check, and the refusal to start, name the change. The damaged store is kept."
    })
final class RepairCommand implements Runnable {
  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = ".tutti/data",
      description = "data directory (${DEFAULT-VALUE})")
  private Path data = Path.of(".tutti/data");

  @Option(
      names = "--accept-loss-after",
      paramLabel = "POS",
      required = true,
      description = "the last change that is kept; everything after it is lost for good")
  private long after;

  @Override
  public void run() {
    try {
      Path kept = DataDirectory.acceptLoss(data, after);
      System.out.printf("%s goes on from change %d; what it was is in %s%n", data, after, kept);
    } catch (DataDirectoryException e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
  }
}
