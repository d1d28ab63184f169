package dev.tutti.wire.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.json.Json;
import dev.tutti.wire.ServiceError;
import dev.tutti.wire.model.Member;
import dev.tutti.wire.model.Shape;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML by a shape: what the model doesn't know is left out. Entities are not followed. */
public final class XmlInput {
  private static final XMLInputFactory READERS = readers();

  private final XMLStreamReader xml;

  private XmlInput(XMLStreamReader xml) {
    this.xml = xml;
  }

  private static XMLInputFactory readers() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /**
   * The value that a document's outermost element holds.
   *
   * @throws ServiceError where it isn't XML, or something in it isn't of its shape
   */
  public static JsonNode read(Shape shape, byte[] document) {
    try {
      XMLStreamReader reader = READERS.createXMLStreamReader(new ByteArrayInputStream(document));
      reader.nextTag();
      return new XmlInput(reader).value(shape);
    } catch (XMLStreamException e) {
      throw new ServiceError(
          "MalformedXML",
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
  }

  /** Reads from an element's start to its end. */
  private JsonNode value(Shape shape) throws XMLStreamException {
    return switch (shape) {
      case Shape.Structure structure -> structure(structure);
      case Shape.Listing list -> {
        ArrayNode read = Json.array();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
          read.add(value(list.element().shape()));
        }
        yield read;
      }
      case Shape.Mapping _ -> throw new XMLStreamException("no map is due here");
      case Shape.Text _, Shape.Whole _, Shape.Decimal _, Shape.Flag _, Shape.Blob _ ->
          TextInput.read(shape, null, xml.getElementText(), JsonInput::wrong);
      case Shape.Timestamp _ ->
          TextInput.read(shape, Timestamps.ISO8601, xml.getElementText(), JsonInput::wrong);
    };
  }

  private ObjectNode structure(Shape.Structure shape) throws XMLStreamException {
    ObjectNode read = Json.object();
    while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
      String element = xml.getLocalName();
      Member member =
          shape.members().values().stream()
              .filter(m -> m.wireName().equals(element))
              .findFirst()
              .orElse(null);
      if (member == null) {
        skip();
      } else if (member.shape() instanceof Shape.Listing list
          && (member.flattened() || list.flattened())) {
        read.withArray("/" + member.name()).add(value(list.element().shape()));
      } else {
        read.set(member.name(), value(member.shape()));
      }
    }
    return read;
  }

  private void skip() throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      int event = xml.next();
      depth +=
          event == XMLStreamConstants.START_ELEMENT
              ? 1
              : event == XMLStreamConstants.END_ELEMENT ? -1 : 0;
    }
  }
}
