package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.ApiOperation;
import dev.penstock.sandbox.aws.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** Which family answers which request. A family registers itself; nothing else names operations. */
public final class Operations {
  /** Answers one operation, or throws {@link AwsError}. */
  @FunctionalInterface
  public interface Handler<Q extends SdkRequest> {
    SdkResponse answer(Turn turn, Q request);
  }

  /** A set of operations of one service. */
  public interface Family {
    void register(Operations operations);
  }

  private record Entry<Q extends SdkRequest>(Class<Q> type, Handler<Q> handler) {
    SdkResponse answer(Turn turn, SdkRequest request) {
      return handler.answer(turn, type.cast(request));
    }
  }

  private final Map<Class<?>, Entry<?>> entries = new LinkedHashMap<>();

  public static Operations of(List<Family> families) {
    var operations = new Operations();
    families.forEach(family -> family.register(operations));
    return operations;
  }

  public <Q extends SdkRequest> void on(Class<Q> request, Handler<Q> handler) {
    if (entries.put(request, new Entry<>(request, handler)) != null) {
      throw new IllegalStateException("two families answer " + request.getSimpleName());
    }
  }

  public boolean answers(Class<? extends SdkRequest> request) {
    return entries.containsKey(request);
  }

  public List<ApiOperation> names() {
    return entries.values().stream().map(entry -> ApiOperation.of(entry.type())).toList();
  }

  SdkResponse answer(Turn turn, SdkRequest request) {
    var entry = entries.get(request.getClass());
    if (entry == null) {
      throw new AwsError(
          "InvalidAction", 400, "The simulator does not answer " + request.getClass().getName());
    }
    return entry.answer(turn, request);
  }
}
