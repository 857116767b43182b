package dev.penstock.sandbox.kubernetes.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.sandbox.kubernetes.rules.ApiRules;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions;
import dev.penstock.sandbox.kubernetes.rules.DeleteOptions.Propagation;
import dev.penstock.sandbox.kubernetes.rules.Kind;
import dev.penstock.sandbox.kubernetes.rules.Kinds;
import dev.penstock.sandbox.kubernetes.rules.ListQuery;
import dev.penstock.sandbox.kubernetes.rules.Patch;
import dev.penstock.sandbox.kubernetes.rules.Refusal;
import dev.penstock.sandbox.kubernetes.rules.Tree;
import dev.penstock.sandbox.kubernetes.rules.WriteOptions;

/** The verbs on resources: a request in, a whole answer out, within one turn. */
final class Resources {
  private final ApiRules api;
  private final Tables tables;

  Resources(ApiRules api, Tables tables) {
    this.api = api;
    this.tables = tables;
  }

  static String verb(Request request, RequestTarget target) {
    return switch (request.method()) {
      case "GET", "HEAD" ->
          target.collection() ? request.flag("watch") ? "watch" : "list" : watchOne(request);
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> target.collection() ? "deletecollection" : "delete";
      default ->
          throw Refusal.ofCode(
              405, "the server does not allow this method on the requested resource");
    };
  }

  private static String watchOne(Request request) {
    return request.flag("watch") ? "watch" : "get";
  }

  Answer answer(Request request, RequestTarget target) {
    return switch (verb(request, target)) {
      case "list" -> list(request, target);
      case "create" -> create(request, target);
      case "update" -> update(request, target);
      case "patch" -> patch(request, target);
      case "delete" -> delete(request, target);
      case "deletecollection" -> deleteAll(request, target);
      default -> get(request, target);
    };
  }

  static ListQuery query(Request request, RequestTarget target) {
    var fields = request.param("fieldSelector");
    var only = target.collection() ? "" : "metadata.name=" + target.name();
    var both = fields.isEmpty() || only.isEmpty() ? fields + only : fields + "," + only;
    return new ListQuery(
        target.namespace(),
        request.param("labelSelector"),
        both,
        request.number("limit", 0),
        request.param("continue"),
        request.param("resourceVersion"));
  }

  private Answer list(Request request, RequestTarget target) {
    var page = api.list(target.kind(), query(request, target));
    var metadata = Tree.object().put("resourceVersion", Long.toString(page.revision()));
    if (!page.continuation().isEmpty()) {
      metadata.put("continue", page.continuation()).put("remainingItemCount", page.remaining());
    }
    if (Tables.wanted(request)) {
      return Answer.ok(tables.table(target.kind(), page.items(), metadata, request));
    }
    var list =
        Tree.object()
            .put("kind", target.kind().kind() + "List")
            .put("apiVersion", target.kind().apiVersion());
    list.set("metadata", metadata);
    list.putArray("items").addAll(page.items());
    return Answer.ok(list);
  }

  private Answer get(Request request, RequestTarget target) {
    var object = api.get(target.kind(), target.namespace(), target.name());
    return switch (target.subresource()) {
      case "", "status" -> one(200, object, request, target);
      case "scale" -> Answer.ok(Scale.of(scalable(target), object));
      case "log" ->
          throw Refusal.ofCode(
              501, "the pods of the sandbox run no containers, so they have no logs");
      default -> throw Refusal.unknownPath();
    };
  }

  private Answer one(int code, ObjectNode object, Request request, RequestTarget target) {
    return Tables.wanted(request)
        ? Answer.json(code, tables.table(target.kind(), object, request))
        : Answer.json(code, object);
  }

  private Answer create(Request request, RequestTarget target) {
    if (target.subresource().equals("eviction")) {
      api.delete(target.kind(), target.namespace(), target.name(), deleteOptions(request));
      return Answer.success();
    }
    if (target.subresource().equals("binding")) {
      return bind(request, target);
    }
    if (!target.collection()) {
      throw Refusal.unknownPath();
    }
    if (target.kind().namespaced() && target.namespace().isEmpty()) {
      throw Refusal.badRequest("an empty namespace may not be set during creation");
    }
    var body = request.object();
    var created = api.create(target.kind(), target.namespace(), body, options(request, target));
    return one(201, created, request, target);
  }

  private Answer bind(Request request, RequestTarget target) {
    var pod = api.get(target.kind(), target.namespace(), target.name()).deepCopy();
    Tree.child(pod, "spec").put("nodeName", Tree.text(request.object(), "target", "name"));
    api.update(target.kind(), target.namespace(), target.name(), pod, options(request, target));
    return Answer.success();
  }

  private Answer update(Request request, RequestTarget target) {
    var kind = target.kind();
    var body = request.object();
    if (target.subresource().equals("scale")) {
      var live = api.get(scalable(target), target.namespace(), target.name());
      var scaled = Scale.applied(live, body);
      var options = options(request, target).on("");
      return Answer.ok(
          Scale.of(kind, api.update(kind, target.namespace(), target.name(), scaled, options)));
    }
    var object =
        api.update(kind, target.namespace(), target.name(), body, options(request, target));
    return one(200, object, request, target);
  }

  private Answer patch(Request request, RequestTarget target) {
    var kind = target.kind();
    var patch = patchOf(request);
    boolean fresh = api.find(kind, target.namespace(), target.name()).isEmpty();
    if (target.subresource().equals("scale")) {
      var live = api.get(scalable(target), target.namespace(), target.name());
      var scaled = Scale.applied(live, Scale.patched(Scale.of(kind, live), patch));
      var options = options(request, target).on("");
      return Answer.ok(
          Scale.of(kind, api.update(kind, target.namespace(), target.name(), scaled, options)));
    }
    var object =
        api.patch(kind, target.namespace(), target.name(), patch, options(request, target));
    return one(fresh ? 201 : 200, object, request, target);
  }

  private static Patch patchOf(Request request) {
    return switch (request.contentType()) {
      case "application/json-patch+json" -> new Patch.Json(request.json());
      case "application/merge-patch+json" -> new Patch.Merge(request.object());
      case "application/strategic-merge-patch+json" -> new Patch.Strategic(request.object());
      case "application/apply-patch+yaml" -> new Patch.Apply(request.object());
      default ->
          throw Refusal.ofCode(
              415,
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json-patch+json, application/merge-patch+json,"
                  + " application/strategic-merge-patch+json, application/apply-patch+yaml");
    };
  }

  private static Kind scalable(RequestTarget target) {
    if (!target.kind().has(Kind.Trait.SCALE)) {
      throw Refusal.unknownPath();
    }
    return target.kind();
  }

  private Answer delete(Request request, RequestTarget target) {
    var kind = target.kind();
    var last = api.delete(kind, target.namespace(), target.name(), deleteOptions(request));
    if (!api.gone(kind, last) || kind.equals(Kinds.POD)) {
      return Answer.ok(last);
    }
    var status = Tree.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    var details = status.putObject("details").put("name", target.name());
    if (!kind.group().isEmpty()) {
      details.put("group", kind.group());
    }
    details.put("kind", kind.plural()).put("uid", Tree.uid(last));
    return Answer.ok(status);
  }

  private Answer deleteAll(Request request, RequestTarget target) {
    var page = api.list(target.kind(), query(request, target));
    var options = deleteOptions(request);
    for (var object : page.items()) {
      api.delete(target.kind(), Tree.namespace(object), Tree.name(object), options);
    }
    var list =
        Tree.object()
            .put("kind", target.kind().kind() + "List")
            .put("apiVersion", target.kind().apiVersion());
    list.putObject("metadata").put("resourceVersion", Long.toString(page.revision()));
    list.putArray("items").addAll(page.items());
    return Answer.ok(list);
  }

  private static DeleteOptions deleteOptions(Request request) {
    JsonNode body = request.json();
    var options = body.has("deleteOptions") ? body.path("deleteOptions") : body;
    var asked = Tree.text(options, "propagationPolicy");
    var policy = asked.isEmpty() ? request.param("propagationPolicy") : asked;
    var propagation =
        switch (policy) {
          case "Foreground" -> Propagation.FOREGROUND;
          case "Orphan" -> Propagation.ORPHAN;
          default -> Propagation.BACKGROUND;
        };
    int grace =
        Tree.has(options, "gracePeriodSeconds")
            ? Tree.at(options, "gracePeriodSeconds").asInt()
            : request.number("gracePeriodSeconds", -1);
    return new DeleteOptions(
        propagation,
        grace,
        Tree.text(options, "preconditions", "uid"),
        Tree.text(options, "preconditions", "resourceVersion"),
        dryRun(request) || !Tree.items(options, "dryRun").isEmpty());
  }

  private static WriteOptions options(Request request, RequestTarget target) {
    return new WriteOptions(
        request.manager(), target.subresource(), request.flag("force"), dryRun(request));
  }

  private static boolean dryRun(Request request) {
    return request.param("dryRun").equals("All");
  }
}
