package dev.penstock.edges.log;

import dev.penstock.edges.log.LogFailed.Fault;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidSessionTimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Kafka's failures in our words: classified once, here. */
public final class Failures {
  private static final long BOUND_SECONDS = 30;

  private Failures() {}

  /** Waits for an answer of the administration client. */
  public static <T> T await(String what, Future<T> answer) throws LogFailed {
    try {
      return answer.get(BOUND_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw of(what, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new LogFailed(Fault.UNREACHABLE, what + ": no answer", e);
    } catch (InterruptedException e) {
      throw stopped(what, e);
    }
  }

  /** The failure of a client, with the cause that stands behind it. */
  public static LogFailed of(String what, Throwable cause) {
    return cause instanceof InterruptException
        ? stopped(what, cause)
        : new LogFailed(fault(cause), what + ": " + cause.getMessage(), cause);
  }

  private static LogFailed stopped(String what, Throwable cause) {
    Thread.currentThread().interrupt();
    return new LogFailed(Fault.STOPPED, what + ": interrupted", cause);
  }

  private static Fault fault(Throwable cause) {
    return switch (cause) {
      case RecordTooLargeException _ -> Fault.TOO_LARGE;
      case AuthorizationException _ -> Fault.DENIED;
      case AuthenticationException _ -> Fault.DENIED;
      case UnknownTopicOrPartitionException _ -> Fault.MISCONFIGURED;
      case InvalidConfigurationException _ -> Fault.MISCONFIGURED;
      case InvalidSessionTimeoutException _ -> Fault.MISCONFIGURED;
      default -> Fault.UNREACHABLE;
    };
  }
}
