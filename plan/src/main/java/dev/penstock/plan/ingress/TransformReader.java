package dev.penstock.plan.ingress;

import static dev.penstock.plan.ingress.Annotation.TRANSFORMS;

import dev.penstock.plan.annotation.Json;
import dev.penstock.plan.annotation.JsonException;
import dev.penstock.schemas.aws.Transform;
import dev.penstock.schemas.aws.Transform.Rewrite;
import java.util.ArrayList;
import java.util.List;

/** Rewrites of a backend's rules, {@code transforms.<name>} (LBC 1.3). */
final class TransformReader {
  private TransformReader() {}

  static List<Transform> read(MemberSource source, String backend) {
    var key = TRANSFORMS.key() + backend;
    var json = source.annotations().json(key);
    if (json.isEmpty()) {
      return List.of();
    }
    var transforms = new ArrayList<Transform>();
    try {
      for (Json item : json.get().asItems("the value")) {
        transforms.add(read(item.asFields("a transform")));
      }
    } catch (JsonException problem) {
      source.annotations().refuse(key, "a list of transforms: " + problem.why());
    }
    return transforms;
  }

  private static Transform read(Json.Fields fields) throws JsonException {
    var type = ConditionReader.text(fields, "type");
    var name =
        switch (type) {
          case "url-rewrite" -> "urlRewriteConfig";
          case "host-header-rewrite" -> "hostHeaderRewriteConfig";
          default ->
              throw new JsonException(
                  "type \"" + type + "\" is neither url-rewrite nor host-header-rewrite");
        };
    var config = Json.field(fields, name);
    if (config.isEmpty()) {
      throw new JsonException(name + " is missing");
    }
    var rewrites = new ArrayList<Rewrite>();
    var list = Json.field(config.get().asFields(name), "rewrites");
    if (list.isPresent()) {
      for (Json item : list.get().asItems("rewrites")) {
        var rewrite = item.asFields("a rewrite");
        rewrites.add(
            new Rewrite(
                ConditionReader.text(rewrite, "regex"), ConditionReader.text(rewrite, "replace")));
      }
    }
    if (rewrites.isEmpty()) {
      throw new JsonException("rewrites of " + name + " is empty");
    }
    return new Transform(type, List.copyOf(rewrites));
  }
}
