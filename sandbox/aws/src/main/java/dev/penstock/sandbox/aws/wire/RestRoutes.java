package dev.penstock.sandbox.aws.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;

/** Which operation of Route 53 a method and path name (AWS API: Route 53, 2013-04-01). */
final class RestRoutes {
  private record Route(String method, Pattern path, List<String> names, String operation) {}

  /** A route that fits, with the values in its path. */
  record Match(String operation, Map<String, String> path) {}

  private static final String TABLE =
      """
      GET    /hostedzone                     ListHostedZones
      POST   /hostedzone                     CreateHostedZone
      GET    /hostedzonesbyname              ListHostedZonesByName
      GET    /hostedzonesbyvpc               ListHostedZonesByVPC
      GET    /hostedzone/{Id}                GetHostedZone
      DELETE /hostedzone/{Id}                DeleteHostedZone
      GET    /hostedzone/{Id}/rrset          ListResourceRecordSets
      POST   /hostedzone/{Id}/rrset          ChangeResourceRecordSets
      GET    /hostedzonelimit/{Id}/{Type}    GetHostedZoneLimit
      GET    /change/{Id}                    GetChange
      GET    /tags/{ResourceType}/{ResourceId} ListTagsForResource
      POST   /tags/{ResourceType}/{ResourceId} ChangeTagsForResource
      POST   /tags/{ResourceType}            ListTagsForResources
      """;

  private static final List<Route> ROUTES = TABLE.lines().map(RestRoutes::route).toList();

  private RestRoutes() {}

  static Optional<Match> match(String method, String path) {
    var rest = path.replaceFirst("^/2013-04-01", "").replaceFirst("/$", "");
    for (var route : ROUTES) {
      var matcher = route.path().matcher(rest);
      if (route.method().equals(method) && matcher.matches()) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < route.names().size(); i++) {
          values.put(
              route.names().get(i),
              URLDecoder.decode(matcher.group(i + 1), StandardCharsets.UTF_8));
        }
        return Optional.of(new Match(route.operation(), values));
      }
    }
    return Optional.empty();
  }

  /** Puts what the path and the query say into the request. */
  static void fill(SdkPojo builder, Map<String, String> path, Map<String, String> query) {
    for (var field : builder.sdkFields()) {
      var source =
          field.location() == MarshallLocation.PATH
              ? path
              : field.location() == MarshallLocation.QUERY_PARAM ? query : Map.<String, String>of();
      var text = source.get(field.locationName());
      if (text != null) {
        field.set(builder, Scalars.read(text, field.marshallingType()));
      }
    }
  }

  private static Route route(String line) {
    var words = line.trim().split("\\s+");
    var names = new ArrayList<String>();
    var matcher = Pattern.compile("\\{(\\w+)}").matcher(words[1]);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    var pattern = Pattern.compile(words[1].replaceAll("\\{\\w+}", "([^/]+)"));
    return new Route(words[0], pattern, names, words[2]);
  }
}
