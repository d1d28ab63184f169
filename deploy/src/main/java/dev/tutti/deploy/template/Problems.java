package dev.tutti.deploy.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong instead of stopping at the first, so that a user sees everything at once.
 * Each problem is kept once, however often it was met.
 */
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  public void add(Place place, String message) {
    found.add(new Problem(place, message));
  }

  public void addAll(Collection<Problem> problems) {
    found.addAll(problems);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** By file, then line. */
  public List<Problem> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparing((Problem problem) -> problem.place().file())
                .thenComparingInt(problem -> problem.place().line())
                .thenComparingInt(problem -> problem.place().column()))
        .toList();
  }
}
