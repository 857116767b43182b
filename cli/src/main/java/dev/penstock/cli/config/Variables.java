package dev.penstock.cli.config;

import dev.penstock.cli.config.ConfigKey.Free;
import dev.penstock.schemas.json.RecordChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment's {@code PENSTOCK_…}: every one is known, so that a misspelt one is found. */
final class Variables {
  private static final String PREFIX = "PENSTOCK_";

  /** Those of the launcher and of logging. */
  private static final List<String> OTHERS =
      List.of(
          "PENSTOCK_CONFIG",
          "PENSTOCK_LOG",
          "PENSTOCK_LIBRARY_LOG",
          "PENSTOCK_JAVA_HOME",
          "PENSTOCK_JAVA_OPTS",
          "PENSTOCK_AOT_SECONDS",
          "PENSTOCK_NO_BUILD");

  /** What Kubernetes sets for a Service whose name begins with penstock. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("PENSTOCK_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\\d+_.+)?)");

  private Variables() {}

  /**
   * The values of keys that the environment sets. {@code references} are variables that a value
   * names, whatever they are called.
   */
  static Map<String, String> values(
      Map<String, String> environment, Set<String> references, List<String> problems) {
    var values = new TreeMap<String, String>();
    for (var name : new TreeMap<>(environment).keySet()) {
      if (!name.startsWith(PREFIX) || OTHERS.contains(name) || references.contains(name)) {
        continue;
      }
      var key = ConfigKeys.ALL.stream().filter(k -> k.environmentName().equals(name)).findFirst();
      if (key.isPresent() && key.get().type() instanceof Free) {
        problems.add(name + ": " + key.get().name() + " is a map; set it in the file");
      } else if (key.isPresent()) {
        values.put(key.get().name(), environment.get(name));
      } else if (!SERVICE_LINK.matcher(name).matches()) {
        problems.add("unknown variable " + name + "; the nearest known one is " + nearest(name));
      }
    }
    return values;
  }

  private static String nearest(String name) {
    var known =
        ConfigKeys.ALL.stream()
            .filter(key -> !(key.type() instanceof Free))
            .map(ConfigKey::environmentName)
            .toList();
    return RecordChange.nearest(name, Stream.concat(known.stream(), OTHERS.stream()).toList());
  }
}
