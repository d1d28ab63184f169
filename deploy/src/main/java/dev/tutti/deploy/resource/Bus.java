package dev.tutti.deploy.resource;

/** A bus as a template names it, by name or by ARN. */
record Bus(String region, String account, String name) {
  static Bus of(String nameOrArn, Site site) {
    String[] parts = nameOrArn.split(":", 6);
    if (parts.length == 6 && parts[2].equals("events") && parts[5].startsWith("event-bus/")) {
      return new Bus(parts[3], parts[4], parts[5].substring("event-bus/".length()));
    }
    return new Bus(site.region(), site.account(), nameOrArn);
  }

  String arn() {
    return "arn:aws:events:" + region + ":" + account + ":event-bus/" + name;
  }
}
