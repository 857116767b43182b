package dev.penstock.cli.config;

import dev.penstock.cli.config.ConfigKey.Address;
import dev.penstock.cli.config.ConfigKey.ClientSettings;
import dev.penstock.cli.config.ConfigKey.Free;
import dev.penstock.cli.config.ConfigKey.Secret;
import dev.penstock.cli.config.ConfigKey.Secrets;
import dev.penstock.cli.config.ConfigKey.Text;
import dev.penstock.cli.config.ConfigKey.Texts;
import dev.penstock.cli.config.ConfigKey.Url;
import dev.penstock.cli.config.ConfigKey.Whole;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Checks values against their keys and follows references. No problem holds a value of a secret.
 */
final class Values {
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):(\\d{1,5})");
  private static final int PORTS = 65_536;

  private final Map<String, String> environment;
  private final List<String> problems;

  Values(Map<String, String> environment, List<String> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** The value to use for a key that takes one. */
  String checked(ConfigKey key, String value) {
    if (value.isEmpty() && key.fallback().isEmpty()) {
      return value;
    }
    return switch (key.type()) {
      case Text _, Free _ -> value;
      case Whole(var least, var most) -> {
        if (!isWhole(value, least, most)) {
          problems.add(
              "%s must be a whole number from %d to %d: %s"
                  .formatted(key.name(), least, most, key.sentence()));
        }
        yield value;
      }
      case Address(var several) -> each(key, value, several, Values::isAddress, "host:port");
      case Url(var several) ->
          each(key, value, several, Values::isUrl, "a URL that begins with http:// or https://");
      case Secret _ -> secret(key.name(), value);
    };
  }

  private static boolean isWhole(String value, int least, int most) {
    return value.matches("-?\\d{1,9}")
        && Integer.parseInt(value) >= least
        && Integer.parseInt(value) <= most;
  }

  private String each(
      ConfigKey key, String value, boolean several, Predicate<String> good, String form) {
    var parts = several ? Arrays.asList(value.split("\\s*,\\s*", -1)) : List.of(value);
    if (!parts.stream().allMatch(good)) {
      problems.add("%s must be %s, not: %s".formatted(key.name(), form, value));
    }
    return value;
  }

  private static boolean isAddress(String text) {
    var match = ADDRESS.matcher(text);
    return match.matches() && Integer.parseInt(match.group(2)) < PORTS;
  }

  private static boolean isUrl(String text) {
    try {
      var url = new URI(text);
      return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getHost() != null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** The values to use for a key that takes a map. */
  Map<String, String> checked(ConfigKey key, Free type, Map<String, String> entries) {
    var result = new TreeMap<String, String>();
    entries.forEach((name, value) -> {
      var whole = key.name() + "." + name;
      var must =
          switch (type) {
            case Texts _ -> false;
            case Secrets _ -> true;
            case ClientSettings _ -> isPassword(name);
          };
      result.put(name, must || Reference.is(value) ? secret(whole, value) : value);
    });
    return result;
  }

  /** What Kafka itself takes for a password, and what is called one. */
  private static boolean isPassword(String name) {
    var known = AdminClientConfig.configDef().configKeys().get(name);
    return known != null && known.type() == ConfigDef.Type.PASSWORD
        || name.toLowerCase(Locale.ROOT).matches(".*(password|secret|jaas).*");
  }

  private String secret(String name, String reference) {
    if (!Reference.is(reference)) {
      problems.add(name + " must be a reference, env:NAME or file:PATH, never the secret itself");
      return "";
    }
    var value = followed(name, reference);
    if (value.isEmpty() && problems.stream().noneMatch(p -> p.startsWith(name + ":"))) {
      problems.add(name + ": what " + reference + " names is empty");
    }
    return value;
  }

  private String followed(String name, String reference) {
    if (reference.startsWith("env:")) {
      var variable = reference.substring("env:".length());
      var value = environment.get(variable);
      if (value == null) {
        problems.add(name + ": the environment variable " + variable + " is not set");
      }
      return value == null ? "" : value.strip();
    }
    var file = reference.substring("file:".length());
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException _) {
      problems.add(name + ": the file " + file + " cannot be read");
      return "";
    }
  }
}
