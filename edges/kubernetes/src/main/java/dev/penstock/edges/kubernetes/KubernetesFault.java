package dev.penstock.edges.kubernetes;

/** Why a call to an API server failed, classified once. */
public enum KubernetesFault {
  /**
   * 410: the cursor (watch version or continue token) is too old, or newer than anything that the
   * server knows; only a new list helps.
   */
  EXPIRED,
  /** 401: the credentials are not accepted (expired, rotated). */
  UNAUTHORIZED,
  /** 403: the credentials do not allow it, or an admission rule forbids it. */
  FORBIDDEN,
  /** 403 with the cause NamespaceTerminating: nothing is made any more where it should be. */
  TERMINATING,
  /** 404: no such object, or the API server does not know the kind. */
  NOT_FOUND,
  /** 409: the object changed since it was read. */
  CONFLICT,
  /** 409 with reason AlreadyExists. */
  ALREADY_EXISTS,
  /** No answer, or the server's own failure (5xx). */
  UNREACHABLE,
  /** 429: the server asks for fewer calls. */
  THROTTLED,
  /** 400, 405, 413, 415, 422: the request itself is refused; also an answer that is not JSON. */
  INVALID
}
