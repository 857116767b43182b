package dev.penstock.schemas.command;

/** Why a call or command failed, classified once (design §6). */
public enum Fault {
  /** AWS asks for fewer calls; retried. */
  THROTTLED,
  /** No answer, or the service's own failure; retried. */
  UNREACHABLE,
  /** What an earlier call made is not visible yet; retried. */
  NOT_YET_CONSISTENT,
  /** Something else must go or come first (AWS: DependencyViolation, ResourceInUse); retried. */
  DEPENDENCY_PENDING,
  /** Permission is missing; a person must act. */
  DENIED,
  /** AWS refuses the request itself; the desired state must change. */
  INVALID,
  /** A quota is reached; a person must act or something must go. */
  QUOTA,
  /** What exists under that name is not ours. */
  FOREIGN,
  /** The command was older than it may be (register, deregister: 60 s); decided anew. */
  STALE,
  /** The resource that the command speaks of is gone. */
  GONE
}
