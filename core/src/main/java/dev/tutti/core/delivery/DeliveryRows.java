package dev.tutti.core.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.core.kernel.Decider.Rows;
import dev.tutti.core.kernel.Ids;
import dev.tutti.core.kernel.Recorded;
import java.util.List;

/** The rows by which deliveries are found: those of an event, and a context's parked ones. */
final class DeliveryRows {
  private DeliveryRows() {}

  static void write(Delivery state, Recorded<DeliveryFact> recorded, Rows rows) {
    DeliveryFact.Begun begun = state.begun();
    if (begun == null) {
      throw new IllegalStateException("every fact follows the beginning");
    }
    String id = recorded.key().id();
    ObjectNode row = row(state, begun);
    rows.put(Deliveries.BY_EVENT, List.of(begun.source().eventId(), id), row);
    switch (recorded.fact()) {
      case DeliveryFact.Parked fact -> rows.put(Deliveries.PARKED, parked(begun, state, id), row);
      case DeliveryFact.Withheld fact -> rows.put(Deliveries.PARKED, parked(begun, state, id), row);
      case DeliveryFact.Edited fact -> rows.put(Deliveries.PARKED, parked(begun, state, id), row);
      case DeliveryFact.Redriven fact -> rows.delete(Deliveries.PARKED, parked(begun, state, id));
      case DeliveryFact.Discarded fact -> rows.delete(Deliveries.PARKED, parked(begun, state, id));
      case DeliveryFact.Begun fact -> {}
      case DeliveryFact.Admitted fact -> {}
      case DeliveryFact.AttemptFailed fact -> {}
      case DeliveryFact.Retried fact -> {}
      case DeliveryFact.Delivered fact -> {}
      case DeliveryFact.DeadLettered fact ->
          rows.delete(Deliveries.PARKED, parked(begun, state, id));
      case DeliveryFact.HandOverFailed fact -> {}
      case DeliveryFact.HandOverRetried fact -> {}
    }
  }

  private static List<String> parked(DeliveryFact.Begun begun, Delivery state, String id) {
    return List.of(begun.context(), Ids.newestFirst(state.parkedMillis()), id);
  }

  private static ObjectNode row(Delivery state, DeliveryFact.Begun begun) {
    ObjectNode row =
        Json.object()
            .put("phase", state.phase().name())
            .put("context", begun.context())
            .put("target", begun.target())
            .put("sourceKind", begun.source().kind().name())
            .put("source", begun.source().arn())
            .put("event", begun.source().eventId())
            .put("attempt", state.attempt())
            .put("beganMillis", state.beganMillis());
    String targetId = begun.source().targetId();
    if (targetId != null) {
      row.put("targetId", targetId);
    }
    if (state.phase() == Delivery.Phase.PARKED) {
      row.put("reason", String.valueOf(state.reason())).put("parkedMillis", state.parkedMillis());
    }
    if (state.isEdited()) {
      row.put("edited", true);
    }
    String error = state.error();
    if (error != null) {
      row.put("error", error).put("message", state.message());
    }
    return row;
  }
}
