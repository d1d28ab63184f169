package dev.tutti.core.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider;
import dev.tutti.core.kernel.Decision;
import dev.tutti.core.kernel.Effect;
import dev.tutti.core.kernel.Key;
import dev.tutti.core.kernel.Moment;
import dev.tutti.core.kernel.Outcome;
import dev.tutti.core.kernel.Recorded;
import dev.tutti.core.pattern.Patterns;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides archives, aggregate kind {@code archive}, whose id is the archive's ARN.
 *
 * <p>An archive holds no events: an event that is accepted notes which archives show it, and a row
 * for each leads back to it ({@link Events#ARCHIVED}).
 */
public final class Archives implements Decider<Archive, ArchiveCommand, ArchiveFact> {
  public static final String KIND = "archive";

  /** Archives: account, region, name. */
  public static final String TABLE = "archives";

  public static Key key(ArchiveArn arn) {
    return new Key(KIND, arn.text());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Class<ArchiveCommand> commands() {
    return ArchiveCommand.class;
  }

  @Override
  public Class<ArchiveFact> facts() {
    return ArchiveFact.class;
  }

  @Override
  public Archive blank(Key key) {
    return Archive.blank(ArchiveArn.parse(key.id()).orElseThrow());
  }

  @Override
  public Decision<ArchiveCommand, ArchiveFact> decide(
      Archive archive, ArchiveCommand command, Moment moment) {
    return switch (command) {
      case ArchiveCommand.Create create -> create(archive, create);
      case ArchiveCommand.Update update ->
          archive.exists() ? update(archive, update) : missing(archive);
      case ArchiveCommand.Delete delete ->
          archive.exists()
              ? Decision.<ArchiveCommand, ArchiveFact>of(new ArchiveFact.ArchiveDeleted())
                  .replying()
              : missing(archive);
    };
  }

  private static Decision<ArchiveCommand, ArchiveFact> create(
      Archive archive, ArchiveCommand.Create create) {
    if (archive.exists()) {
      return Decision.refuse(
          "ResourceAlreadyExistsException", "Archive " + archive.arn().name() + " already exists.");
    }
    String pattern = create.pattern();
    return fault(pattern)
        .orElseGet(() ->
            Decision.<ArchiveCommand, ArchiveFact>of(
                    new ArchiveFact.ArchiveCreated(
                        create.bus(), create.description(), pattern, create.retentionDays()))
                .replying());
  }

  private static Decision<ArchiveCommand, ArchiveFact> update(
      Archive archive, ArchiveCommand.Update update) {
    String pattern = update.pattern() == null ? archive.pattern() : update.pattern();
    String description =
        update.description() == null ? archive.description() : update.description();
    Integer days = update.retentionDays();
    return fault(update.pattern())
        .orElseGet(() ->
            Decision.<ArchiveCommand, ArchiveFact>of(
                    new ArchiveFact.ArchiveUpdated(
                        description, pattern, days == null ? archive.retentionDays() : days))
                .replying());
  }

  private static Optional<Decision<ArchiveCommand, ArchiveFact>> fault(@Nullable String pattern) {
    return Optional.ofNullable(pattern)
        .flatMap(Patterns::fault)
        .map(fault ->
            Decision.refuse(
                "InvalidEventPatternException", "Event pattern is not valid. Reason: " + fault));
  }

  private static Decision<ArchiveCommand, ArchiveFact> missing(Archive archive) {
    return Decision.refuse(Buses.NOT_FOUND, "Archive " + archive.arn().name() + " does not exist.");
  }

  @Override
  public Archive apply(Archive archive, Recorded<ArchiveFact> recorded) {
    return archive.after(recorded);
  }

  @Override
  public List<Effect> effects(Archive archive, Recorded<ArchiveFact> recorded) {
    return List.of();
  }

  @Override
  public ArchiveCommand outcome(String call, Outcome outcome) {
    throw new IllegalStateException("an archive makes no calls: " + call);
  }

  @Override
  public void index(Archive archive, Recorded<ArchiveFact> recorded, Rows rows) {
    ArchiveArn arn = archive.arn();
    List<String> key = List.of(arn.account(), arn.region(), arn.name());
    if (archive.exists()) {
      rows.put(TABLE, key, row(archive));
    } else {
      rows.delete(TABLE, key);
    }
  }

  private static ObjectNode row(Archive archive) {
    return Json.object()
        .put("bus", archive.bus())
        .put("retentionDays", archive.retentionDays())
        .put("era", archive.era())
        .put("createdMillis", archive.createdMillis());
  }
}
