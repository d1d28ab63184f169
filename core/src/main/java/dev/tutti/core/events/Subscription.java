package dev.tutti.core.events;

import java.util.List;

/**
 * A rule, ready for use: what doesn't change from event to event is made once.
 *
 * @param arn the rule's
 * @param wishes its targets in order, each with what it wants to receive
 */
public record Subscription(Rule rule, String arn, List<Wish> wishes) {
  /** A target and its template, compiled. */
  record Wish(Target target, Template template) {}

  static Subscription of(BusArn bus, Rule rule) {
    return new Subscription(
        rule,
        bus.rule(rule.name()),
        rule.targets().stream().map(target -> new Wish(target, Template.of(target))).toList());
  }
}
