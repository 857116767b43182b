package dev.penstock.sandbox.aws.wire;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** Writes any model of the SDK as XML, and reads the bodies of the rest-xml protocol. */
final class XmlCodec {
  private final StringBuilder out = new StringBuilder();

  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\r' -> escaped.append("&#13;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** The members of the model that belong into the body, without an element around them. */
  static String members(SdkPojo model) {
    var codec = new XmlCodec();
    codec.writeMembers(model);
    return codec.out.toString();
  }

  private void writeMembers(SdkPojo model) {
    for (var field : model.sdkFields()) {
      var value = Models.value(field, model);
      if (value != null && field.location() == MarshallLocation.PAYLOAD) {
        write(field, field.unmarshallLocationName(), value);
      }
    }
  }

  private void write(SdkField<?> field, String name, Object value) {
    switch (value) {
      case List<?> list -> writeList(field.getTrait(ListTrait.class), name, list);
      case Map<?, ?> map -> writeMap(field.getTrait(MapTrait.class), name, map);
      case SdkPojo model -> {
        out.append('<').append(name).append('>');
        writeMembers(model);
        out.append("</").append(name).append('>');
      }
      default ->
          out.append('<')
              .append(name)
              .append('>')
              .append(escape(Scalars.write(value)))
              .append("</")
              .append(name)
              .append('>');
    }
  }

  private void writeList(ListTrait trait, String name, List<?> list) {
    var item = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
    if (trait.isFlattened()) {
      list.forEach(value -> write(trait.memberFieldInfo(), name, value));
      return;
    }
    out.append('<').append(name).append('>');
    list.forEach(value -> write(trait.memberFieldInfo(), item, value));
    out.append("</").append(name).append('>');
  }

  private void writeMap(MapTrait trait, String name, Map<?, ?> map) {
    out.append('<').append(name).append('>');
    map.forEach((key, value) -> {
      out.append("<entry><").append(trait.keyLocationName()).append('>');
      out.append(escape(key.toString()));
      out.append("</").append(trait.keyLocationName()).append('>');
      write(trait.valueFieldInfo(), trait.valueLocationName(), value);
      out.append("</entry>");
    });
    out.append("</").append(name).append('>');
  }

  /** Fills the builder from the children of the document's root. */
  static void fill(SdkPojo builder, String body) {
    if (!body.isBlank()) {
      fill(builder, parse(body));
    }
  }

  private static void fill(SdkPojo builder, Element element) {
    for (var field : builder.sdkFields()) {
      if (field.location() == MarshallLocation.PAYLOAD) {
        var value = read(field, children(element, field.locationName()));
        if (value != null) {
          field.set(builder, value);
        }
      }
    }
  }

  private static @Nullable Object read(SdkField<?> field, List<Element> elements) {
    if (elements.isEmpty()) {
      return null;
    }
    var type = field.marshallingType();
    if (type == MarshallingType.LIST) {
      var trait = field.getTrait(ListTrait.class);
      var name = trait.memberLocationName() == null ? "member" : trait.memberLocationName();
      var items = trait.isFlattened() ? elements : children(elements.getFirst(), name);
      var list = new ArrayList<Object>();
      for (var item : items) {
        var value = read(trait.memberFieldInfo(), List.of(item));
        if (value != null) {
          list.add(value);
        }
      }
      return list;
    }
    if (type == MarshallingType.MAP) {
      return readMap(field.getTrait(MapTrait.class), elements.getFirst());
    }
    if (type == MarshallingType.SDK_POJO) {
      var builder = field.constructor().get();
      fill(builder, elements.getFirst());
      return Models.built(builder);
    }
    return Scalars.read(elements.getFirst().getTextContent(), type);
  }

  private static Map<String, Object> readMap(MapTrait trait, Element element) {
    var map = new LinkedHashMap<String, Object>();
    for (var entry : children(element, "entry")) {
      var key = children(entry, trait.keyLocationName()).getFirst().getTextContent();
      var value = read(trait.valueFieldInfo(), children(entry, trait.valueLocationName()));
      if (value != null) {
        map.put(key, value);
      }
    }
    return map;
  }

  private static List<Element> children(Element element, String name) {
    var found = new ArrayList<Element>();
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && name.equals(local(child))) {
        found.add(child);
      }
    }
    return found;
  }

  private static String local(Element element) {
    var name = element.getTagName();
    return name.substring(name.indexOf(':') + 1);
  }

  private static Element parse(String body) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(body))).getDocumentElement();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("no XML parser", e);
    } catch (SAXException | IOException e) {
      throw new IllegalArgumentException("The request body is not well-formed XML", e);
    }
  }
}
