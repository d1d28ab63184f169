package dev.tutti.core.events;

import dev.tutti.core.kernel.Command;
import java.util.List;

/** What somebody wants of a log's keeper. */
public sealed interface LogKeeperCommand extends Command {

  /**
   * Lets a log begin later; where it does already, changes nothing.
   *
   * @param table of the rows
   * @param through key of the last row that goes; the last two parts are its time and event
   * @param rows how many go
   */
  record Trim(String table, List<String> through, int rows) implements LogKeeperCommand {}
}
