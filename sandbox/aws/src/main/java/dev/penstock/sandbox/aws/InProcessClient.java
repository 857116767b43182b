package dev.penstock.sandbox.aws;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;

/** An SDK client interface whose calls go straight to the simulator, without a wire. */
final class InProcessClient implements InvocationHandler {
  private final AwsSimulator aws;
  private final Caller caller;
  private final String name;

  private InProcessClient(AwsSimulator aws, Caller caller, String name) {
    this.aws = aws;
    this.caller = caller;
    this.name = name;
  }

  static <C> C of(AwsSimulator aws, Class<C> type, Caller caller) {
    var handler = new InProcessClient(aws, caller, type.getSimpleName());
    var proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    return type.cast(proxy);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
      throws Throwable {
    if (args != null && args.length == 1 && args[0] instanceof SdkRequest request) {
      if (!method.getName().endsWith("Paginator")) {
        return answer(request);
      }
    }
    return switch (method.getName()) {
      case "close" -> null;
      case "serviceName", "toString" -> name;
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> args != null && proxy == args[0];
      default -> InvocationHandler.invokeDefault(proxy, method, args);
    };
  }

  private Object answer(SdkRequest request) {
    return switch (aws.call(asking(request), request)) {
      case Answer.Given(var response, _, _) -> response;
      case Answer.Refused(var error, var requestId, _) ->
          throw SdkErrors.of(ApiOperation.of(request.getClass()).service(), error, requestId);
      case Answer.Lost(_, _) ->
          throw SdkClientException.create("The connection broke before the answer arrived");
    };
  }

  private Caller asking(SdkRequest request) {
    var agent = new StringBuilder(caller.userAgent());
    request
        .overrideConfiguration()
        .ifPresent(config ->
            config
                .apiNames()
                .forEach(
                    api -> agent.append(' ').append(api.name()).append('/').append(api.version())));
    return caller.withUserAgent(agent.toString());
  }
}
