package dev.penstock.edges.log;

import dev.penstock.schemas.key.Scope;

/** One thing that happened to a {@link CommandFeed}. Keys are those of the topic. */
public sealed interface FeedEvent<C> {
  Scope scope();

  /** The scope is ours; reading its commands begins with the next poll. */
  record Assigned<C>(Scope scope) implements FeedEvent<C> {}

  /** This is now the one open command of its key. */
  record Opened<C>(Scope scope, String key, long position, C command) implements FeedEvent<C> {}

  /** The key has no open command any more. */
  record Closed<C>(Scope scope, String key, long position) implements FeedEvent<C> {}

  /** A command that this code cannot read; it must not be taken for closed. */
  record Unreadable<C>(Scope scope, String key, long position, String reason)
      implements FeedEvent<C> {}

  /** Everything that was in the log at the poll after Assigned has been told. */
  record CaughtUp<C>(Scope scope) implements FeedEvent<C> {}

  /** The scope is no longer ours; nothing may be written for it. */
  record Revoked<C>(Scope scope) implements FeedEvent<C> {}
}
