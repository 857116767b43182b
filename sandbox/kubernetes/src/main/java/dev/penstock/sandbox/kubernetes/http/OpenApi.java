package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import java.util.List;
import java.util.TreeSet;

/**
 * The OpenAPI documents, as far as kubectl reads them before it writes: which kinds validate fields
 * on the server. They have no schemas.
 */
final class OpenApi {
  private static final byte[] EMPTY_PROTOBUF = {};

  private final Kinds kinds;

  OpenApi(Kinds kinds) {
    this.kinds = kinds;
  }

  Answer answer(Request request) {
    var path = request.path();
    if (path.size() >= 2 && path.get(1).equals("v3")) {
      return path.size() == 2 ? index() : document(String.join("/", path.subList(2, path.size())));
    }
    if (request.accepts("protobuf")) {
      return new Answer(
          200, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf", EMPTY_PROTOBUF);
    }
    var swagger = Tree.object().put("swagger", "2.0");
    info(swagger);
    swagger.putObject("paths");
    return Answer.ok(swagger);
  }

  private Answer index() {
    var paths = new TreeSet<String>();
    kinds.all().forEach(k -> paths.add(root(k)));
    var answer = Tree.object();
    var list = answer.putObject("paths");
    paths.forEach(p -> list.putObject(p).put("serverRelativeURL", "/openapi/v3/" + p));
    return Answer.ok(answer);
  }

  private Answer document(String root) {
    var found = kinds.all().stream().filter(k -> root(k).equals(root)).toList();
    if (found.isEmpty()) {
      throw Refusal.unknownPath();
    }
    var document = Tree.object().put("openapi", "3.0.0");
    info(document);
    var paths = document.putObject("paths");
    document.putObject("components").putObject("schemas");
    for (var kind : found) {
      var where = "/" + root + (kind.namespaced() ? "/namespaces/{namespace}/" : "/");
      var item = paths.putObject(where + kind.plural() + "/{name}");
      for (var verb : List.of("put", "patch")) {
        var operation = item.putObject(verb);
        operation
            .putObject("x-kubernetes-group-version-kind")
            .put("group", kind.group())
            .put("version", kind.version())
            .put("kind", kind.kind());
        var parameters = operation.putArray("parameters");
        for (var name : List.of("dryRun", "fieldManager", "fieldValidation")) {
          var parameter = parameters.addObject().put("name", name).put("in", "query");
          parameter.putObject("schema").put("type", "string");
        }
        operation.putObject("responses");
      }
    }
    return Answer.ok(document);
  }

  private static String root(Kind kind) {
    return kind.group().isEmpty()
        ? "api/" + kind.version()
        : "apis/" + kind.group() + "/" + kind.version();
  }

  private static void info(ObjectNode document) {
    document.putObject("info").put("title", "Penstock sandbox").put("version", "v1.32.4");
  }
}
