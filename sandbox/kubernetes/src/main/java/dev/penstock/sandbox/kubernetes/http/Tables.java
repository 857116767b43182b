package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code as=Table}: lists as kubectl prints them. */
final class Tables {
  private final InstantSource clock;
  private final Function<Kind, List<Column>> custom;

  Tables(InstantSource clock, Function<Kind, List<Column>> custom) {
    this.clock = clock;
    this.custom = custom;
  }

  static boolean wanted(Request request) {
    return request.accepts("as=Table");
  }

  ObjectNode table(Kind kind, List<ObjectNode> objects, ObjectNode metadata, Request request) {
    var columns = kind.has(Kind.Trait.CUSTOM) ? custom.apply(kind) : Columns.of(kind.resource());
    var table = Tree.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.set("metadata", metadata);
    var definitions = table.putArray("columnDefinitions");
    for (var column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", column.name())
          .put("priority", column.priority());
    }
    var rows = table.putArray("rows");
    var now = clock.instant();
    objects.forEach(o -> row(rows.addObject(), o, columns, request, now));
    return table;
  }

  /** A table of one row: a single object, or one event of a watch. */
  ObjectNode table(Kind kind, ObjectNode object, Request request) {
    var revision = Tree.text(object, "metadata", "resourceVersion");
    var metadata = Tree.object().put("resourceVersion", revision);
    return table(kind, List.of(object), metadata, request);
  }

  private static void row(
      ObjectNode row, ObjectNode object, List<Column> columns, Request request, Instant now) {
    var cells = row.putArray("cells");
    columns.forEach(c -> cell(cells, c.cell().apply(object, now)));
    switch (request.param("includeObject")) {
      case "Object" -> row.set("object", object);
      case "None" -> {}
      default -> row.set("object", partial(object));
    }
  }

  private static void cell(ArrayNode cells, Object value) {
    if (value instanceof Integer number) {
      cells.add(number);
    } else {
      cells.add(value.toString());
    }
  }

  private static ObjectNode partial(ObjectNode object) {
    var partial =
        Tree.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  /** The columns that a definition asks for. */
  static List<Column> printed(JsonNode version) {
    var columns = new ArrayList<>(List.of(Columns.NAME));
    for (var wanted : Tree.items(version, "additionalPrinterColumns")) {
      var path = Tree.text(wanted, "jsonPath").replaceFirst("^\\.", "").split("\\.");
      boolean date = Tree.text(wanted, "type").equals("date");
      columns.add(
          new Column(
              Tree.text(wanted, "name"),
              "string",
              wanted.path("priority").asInt(),
              (o, now) -> date ? Ages.since(Tree.text(o, path), now) : Tree.text(o, path)));
    }
    if (columns.size() == 1) {
      columns.add(Columns.AGE);
    }
    return columns;
  }
}
