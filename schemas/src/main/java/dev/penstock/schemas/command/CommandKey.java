package dev.penstock.schemas.command;

import dev.penstock.schemas.key.ResourceKey;

/** The key of penstock.commands inside a scope: at most one command is open for each. */
public record CommandKey(ResourceKey resource, Lane lane) implements Comparable<CommandKey> {
  /** Reads what {@link #toString} wrote. */
  public static CommandKey parse(String text) {
    var bar = text.lastIndexOf('|');
    return new CommandKey(
        ResourceKey.parse(text.substring(0, bar)), Lane.valueOf(text.substring(bar + 1)));
  }

  @Override
  public int compareTo(CommandKey other) {
    var byResource = resource.compareTo(other.resource);
    return byResource != 0 ? byResource : lane.compareTo(other.lane);
  }

  /** The resource's text, {@code |}, the lane. */
  @Override
  public String toString() {
    return resource + "|" + lane;
  }
}
