package dev.tutti.bench.report;

import dev.tutti.bench.limit.Limits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that one run of the bench found. */
public final class Report {
  private final Limits limits;
  private final List<Started> starts = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  public Report(Limits limits) {
    this.limits = limits;
  }

  public void add(Started started) {
    starts.add(started);
  }

  public void add(Figure figure) {
    figures.add(figure);
  }

  /** A workload that the server doesn't speak, or that couldn't be run. */
  public void refuse(String workload, String why) {
    refusals.add(workload + ": " + why);
  }

  public Limits limits() {
    return limits;
  }

  public List<Started> starts() {
    return List.copyOf(starts);
  }

  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  public List<String> refusals() {
    return List.copyOf(refusals);
  }

  /** Whether every workload ran, and did all that it was asked. */
  public boolean isGood() {
    return refusals.isEmpty()
        && !figures.isEmpty()
        && figures.stream().allMatch(figure -> figure.faults().isEmpty());
  }

  /** A figure's acknowledged requests as a share of the machine's group commits. */
  public @Nullable Double ofCommits(Figure figure) {
    return ratio(figure, limits.commits().get(figure.callers()));
  }

  /** A figure's acknowledged requests as a share of the machine's HTTP round trips. */
  public @Nullable Double ofRoundTrips(Figure figure) {
    return ratio(figure, limits.roundTrips().get(figure.callers()));
  }

  private static @Nullable Double ratio(Figure figure, @Nullable Double limit) {
    return limit == null || limit == 0 ? null : figure.requestRate() / limit;
  }
}
