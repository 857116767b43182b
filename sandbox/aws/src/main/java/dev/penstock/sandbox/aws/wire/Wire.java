package dev.penstock.sandbox.aws.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.AwsService;
import dev.penstock.sandbox.aws.AwsService.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/**
 * The wire protocols of all services, generic over the SDK's own models: an HTTP request becomes
 * the SDK's request, the SDK's response or a refusal becomes an HTTP answer.
 */
public final class Wire {
  /** An HTTP request; header names in lower case. */
  public record HttpCall(
      String method, String path, String query, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  public record HttpAnswer(int status, Map<String, String> headers, String body) {}

  /** What an HTTP request means: who asks for what, where. */
  public record Meaning(
      AwsService service, String accessKeyId, String region, SdkRequest request) {}

  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/([\\w-]+)/([\\w-]+)/aws4_request");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Wire() {}

  /** Reads a request; what cannot be read is refused as its service would. */
  public static Meaning read(HttpCall call) {
    var scope = SCOPE.matcher(call.headers().getOrDefault("authorization", ""));
    var signed = scope.find();
    var service =
        (signed ? AwsService.ofSigningName(scope.group(3)) : Optional.<AwsService>empty())
            .or(() -> guess(call))
            .orElseThrow(
                () -> new AwsError("InvalidAction", 400, "The simulator has no such service"));
    var key = signed ? scope.group(1) : "";
    var region = signed ? scope.group(2) : "us-east-1";
    return new Meaning(service, key, region, request(service, call));
  }

  /** The service of a call, as far as it can be told; for refusals of unreadable calls. */
  public static AwsService serviceOf(HttpCall call) {
    var scope = SCOPE.matcher(call.headers().getOrDefault("authorization", ""));
    var signed =
        scope.find() ? AwsService.ofSigningName(scope.group(3)) : Optional.<AwsService>empty();
    return signed.or(() -> guess(call)).orElse(AwsService.ELB);
  }

  public static HttpAnswer write(AwsService service, SdkResponse response, String requestId) {
    var name = response.getClass().getSimpleName().replaceFirst("Response$", "");
    return switch (service.protocol()) {
      case QUERY ->
          xml(
              200,
              requestId,
              "<"
                  + name
                  + "Response xmlns=\""
                  + service.namespace()
                  + "\"><"
                  + name
                  + "Result>"
                  + XmlCodec.members(response)
                  + "</"
                  + name
                  + "Result><ResponseMetadata><RequestId>"
                  + requestId
                  + "</RequestId></ResponseMetadata></"
                  + name
                  + "Response>");
      case EC2 ->
          xml(
              200,
              requestId,
              "<"
                  + name
                  + "Response xmlns=\""
                  + service.namespace()
                  + "\"><requestId>"
                  + requestId
                  + "</requestId>"
                  + XmlCodec.members(response)
                  + "</"
                  + name
                  + "Response>");
      case REST_XML -> restXml(service, name, response, requestId);
      case JSON ->
          new HttpAnswer(
              200,
              headers("application/x-amz-json-1.1", requestId),
              JsonCodec.write(response).toString());
    };
  }

  public static HttpAnswer refuse(AwsService service, AwsError error, String requestId) {
    var code = XmlCodec.escape(error.code());
    var text = XmlCodec.escape(error.text());
    var type = error.status() < 500 ? "Sender" : "Receiver";
    return switch (service.protocol()) {
      case QUERY, REST_XML ->
          xml(
              error.status(),
              requestId,
              "<ErrorResponse xmlns=\""
                  + service.namespace()
                  + "\"><Error><Type>"
                  + type
                  + "</Type><Code>"
                  + code
                  + "</Code><Message>"
                  + text
                  + "</Message></Error><RequestId>"
                  + requestId
                  + "</RequestId></ErrorResponse>");
      case EC2 ->
          xml(
              error.status(),
              requestId,
              "<Response><Errors><Error><Code>"
                  + code
                  + "</Code><Message>"
                  + text
                  + "</Message></Error></Errors><RequestID>"
                  + requestId
                  + "</RequestID></Response>");
      case JSON -> {
        var body = JSON.createObjectNode();
        body.put("__type", error.code());
        body.put("message", error.text());
        yield new HttpAnswer(
            error.status(), headers("application/x-amz-json-1.1", requestId), body.toString());
      }
    };
  }

  private static HttpAnswer restXml(
      AwsService service, String name, SdkResponse response, String requestId) {
    var headers = headers("text/xml", requestId);
    for (var field : response.sdkFields()) {
      var value = Models.value(field, response);
      if (value != null && field.location() == MarshallLocation.HEADER) {
        headers.put(field.locationName(), Scalars.write(value));
      }
    }
    var body =
        "<?xml version=\"1.0\"?>\n<"
            + name
            + "Response xmlns=\""
            + service.namespace()
            + "\">"
            + XmlCodec.members(response)
            + "</"
            + name
            + "Response>";
    return new HttpAnswer(name.startsWith("CreateHostedZone") ? 201 : 200, headers, body);
  }

  private static HttpAnswer xml(int status, String requestId, String body) {
    return new HttpAnswer(
        status,
        headers("text/xml", requestId),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body);
  }

  private static Map<String, String> headers(String contentType, String requestId) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", contentType);
    headers.put("x-amzn-RequestId", requestId);
    return headers;
  }

  /** Unsigned calls: the JSON target, the REST path, or the version of the form. */
  private static Optional<AwsService> guess(HttpCall call) {
    var target = call.headers().getOrDefault("x-amz-target", "");
    var version = QueryCodec.form(call.query() + "&" + call.text()).getOrDefault("Version", "");
    for (var service : AwsService.values()) {
      var json =
          service.protocol() == Protocol.JSON && target.startsWith(service.targetPrefix() + ".");
      var rest =
          service.protocol() == Protocol.REST_XML
              && call.path().startsWith("/" + service.version());
      var form = target.isEmpty() && service.version().equals(version);
      if (json || rest || form) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  private static SdkRequest request(AwsService service, HttpCall call) {
    try {
      return switch (service.protocol()) {
        case QUERY, EC2 -> query(service, call);
        case REST_XML -> rest(service, call);
        case JSON -> json(service, call);
      };
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw malformed(service, String.valueOf(e.getMessage()));
    }
  }

  private static SdkRequest query(AwsService service, HttpCall call) {
    var form = new LinkedHashMap<>(QueryCodec.form(call.query()));
    form.putAll(QueryCodec.form(call.text()));
    var type = type(service, form.getOrDefault("Action", ""));
    return (SdkRequest) new QueryCodec(service.protocol() == Protocol.EC2).read(form, type);
  }

  private static SdkRequest rest(AwsService service, HttpCall call) {
    var match =
        RestRoutes.match(call.method(), call.path())
            .orElseThrow(() -> unknown(service, call.method() + " " + call.path()));
    var builder = Models.builder(type(service, match.operation()));
    XmlCodec.fill(builder, call.text());
    RestRoutes.fill(builder, match.path(), QueryCodec.form(call.query()));
    return (SdkRequest) Models.built(builder);
  }

  private static SdkRequest json(AwsService service, HttpCall call) {
    var target = call.headers().getOrDefault("x-amz-target", "");
    var type = type(service, target.substring(target.lastIndexOf('.') + 1));
    try {
      var body = call.text().isBlank() ? "{}" : call.text();
      return (SdkRequest) JsonCodec.read(JSON.readTree(body), type);
    } catch (JsonProcessingException e) {
      throw malformed(service, e.getOriginalMessage());
    }
  }

  /** The SDK's spelling of request types differs from the API's in runs of capitals. */
  private static Class<?> type(AwsService service, String action) {
    if (!action.matches("[A-Za-z0-9]{1,100}")) {
      throw unknown(service, action);
    }
    for (var name : new String[] {action, camel(action)}) {
      try {
        return Class.forName(service.models() + name + "Request");
      } catch (ClassNotFoundException _) {
        // Tried in the other spelling, then refused.
      }
    }
    throw unknown(service, action);
  }

  private static String camel(String action) {
    var matcher = Pattern.compile("([A-Z])([A-Z]+)(?=[A-Z][a-z]|$)").matcher(action);
    return matcher.replaceAll(m -> m.group(1) + m.group(2).toLowerCase(Locale.ROOT));
  }

  private static AwsError unknown(AwsService service, String action) {
    var code = service.protocol() == Protocol.JSON ? "UnknownOperationException" : "InvalidAction";
    return new AwsError(code, 400, "The action " + action + " is not valid for this endpoint.");
  }

  private static AwsError malformed(AwsService service, String message) {
    return switch (service.protocol()) {
      case QUERY -> AwsError.invalid(message);
      case EC2 -> AwsError.refused("InvalidParameterValue", message);
      case REST_XML -> AwsError.refused("InvalidInput", message);
      case JSON -> AwsError.refused("SerializationException", message);
    };
  }
}
