package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * What a list or watch asks for. The namespace is empty for all of them; limit 0 means no limit.
 */
public record ListQuery(
    String namespace,
    String labels,
    String fields,
    int limit,
    String continuation,
    String revision) {
  public static ListQuery all() {
    return in("");
  }

  public static ListQuery in(String namespace) {
    return new ListQuery(namespace, "", "", 0, "", "");
  }

  public ListQuery labelled(String selector) {
    return new ListQuery(namespace, selector, fields, limit, continuation, revision);
  }

  public ListQuery where(String selector) {
    return new ListQuery(namespace, labels, selector, limit, continuation, revision);
  }

  public ListQuery paged(int pageSize, String token) {
    return new ListQuery(namespace, labels, fields, pageSize, token, revision);
  }

  Predicate<JsonNode> matcher(Kind kind) {
    return Selector.labels(labels).and(Selector.fields(kind.resource(), fields));
  }
}
