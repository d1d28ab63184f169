package dev.tutti.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.bench.server.Cost;
import dev.tutti.core.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report for programs: one JSON document, units in the members' names. */
public final class Document {
  private Document() {}

  public static JsonNode of(Report report) {
    ObjectNode document = Json.object();
    document.put("good", report.isGood());
    ObjectNode limits = document.putObject("limits");
    limits.put("fsyncsPerSecond", report.limits().fsyncs());
    byCallers(limits.putObject("groupCommitsPerSecond"), report.limits().commits());
    byCallers(limits.putObject("httpRoundTripsPerSecond"), report.limits().roundTrips());
    var starts = document.putArray("starts");
    for (Started started : report.starts()) {
      starts
          .addObject()
          .put("workload", started.workload())
          .put("firstAnswerMillis", started.readyMillis())
          .put("restMegabytes", started.restMegabytes());
    }
    var figures = document.putArray("figures");
    report.figures().forEach(figure -> figures.add(figure(report, figure)));
    var refusals = document.putArray("notRun");
    report.refusals().forEach(refusals::add);
    return document;
  }

  private static void byCallers(ObjectNode node, Map<Integer, Double> limit) {
    limit.forEach((callers, rate) -> node.put(callers.toString(), rate));
  }

  private static ObjectNode figure(Report report, Figure figure) {
    ObjectNode node = Json.object();
    node.put("series", figure.series()).put("callers", figure.callers());
    node.put("unit", figure.unit()).put("perSecond", figure.rate());
    node.put("seconds", figure.seconds()).put("units", figure.units());
    node.put("requests", figure.requests());
    put(node, "p50Millis", figure.millis(50));
    put(node, "p99Millis", figure.millis(99));
    put(node, "p999Millis", figure.millis(99.9));
    put(node, "ofGroupCommits", report.ofCommits(figure));
    put(node, "ofHttpRoundTrips", report.ofRoundTrips(figure));
    Cost cost = figure.cost();
    if (cost != null && figure.units() > 0) {
      node.put("serverCpuMicrosEach", (double) cost.server() / figure.units());
      node.put("clientCpuMicrosEach", (double) cost.client() / figure.units());
      node.put("functionsCpuMicrosEach", (double) cost.functions() / figure.units());
    }
    if (cost != null) {
      node.put("stolenShare", cost.stolenShare());
    }
    Figure.Memory memory = figure.memory();
    if (memory != null) {
      node.put("residentMegabytes", memory.now()).put("peakMegabytes", memory.peak());
    }
    ObjectNode more = node.putObject("more");
    figure.more().forEach(more::put);
    var faults = node.putArray("faults");
    figure.faults().forEach(faults::add);
    return node;
  }

  private static void put(ObjectNode node, String member, @Nullable Double value) {
    if (value != null) {
      node.put(member, value);
    }
  }
}
