package dev.penstock.edges.aws.types;

import dev.penstock.schemas.aws.Link;
import java.util.List;

/** Links of commands: all known. */
public final class Links {
  private Links() {}

  /** The id behind a link; a command never carries another kind. */
  public static String id(Link link) {
    return switch (link) {
      case Link.Known(var id) -> id;
      case Link.Ref(var resource) ->
          throw new IllegalStateException("a command links to " + resource + ", which has no id");
    };
  }

  public static List<String> ids(List<Link> links) {
    return links.stream().map(Links::id).toList();
  }
}
