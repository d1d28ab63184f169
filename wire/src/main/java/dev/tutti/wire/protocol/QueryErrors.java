package dev.tutti.wire.protocol;

import dev.tutti.wire.ServiceError;
import dev.tutti.wire.message.Response;
import java.util.Map;

/** The error answer of the query protocol. */
final class QueryErrors {
  private QueryErrors() {}

  static Response response(
      int status, String code, ServiceError error, String namespace, String requestId) {
    Xml xml = new Xml().root("ErrorResponse", namespace).open("Error");
    xml.text("Type", status < 500 ? "Sender" : "Receiver");
    xml.text("Code", code).text("Message", error.getMessage());
    for (var member : error.members().properties()) {
      xml.text(member.getKey(), member.getValue().asText());
    }
    xml.close("Error").text("RequestId", requestId).close("ErrorResponse");
    return new Response(status, Map.of("Content-Type", "text/xml"), xml.bytes());
  }
}
