package dev.tutti.app;

import dev.tutti.store.rocksdb.DataDirectory;
import dev.tutti.store.rocksdb.DataDirectoryException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads a data directory from end to end; exit code 1 where it is damaged. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Read all data of a stopped runtime and check that it is whole: every block's checksum, and",
      "that the log runs from its first position to its last, each entry's hash that of its turn",
      "after the entry before."
    })
final class CheckCommand implements Runnable {
  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = ".tutti/data",
      description = "data directory (${DEFAULT-VALUE})")
  private Path data = Path.of(".tutti/data");

  @Override
  public void run() {
    try {
      DataDirectory.Inspection found = DataDirectory.inspect(data);
      if (found.damage() != null) {
        throw new Complaint(
            "the data in "
                + data
                + " is damaged: "
                + found.damage()
                + (found.wholeTo() < 0
                    ? "; no part of it can be used as it is"
                    : "; it is whole up to change " + found.wholeTo()));
      }
      System.out.printf(
          "whole: %d log entries, up to change %d%n", found.entries(), found.wholeTo());
    } catch (DataDirectoryException e) {
      throw new Complaint(String.valueOf(e.getMessage()), e);
    }
  }
}
