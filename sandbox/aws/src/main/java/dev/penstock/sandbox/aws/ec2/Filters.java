package dev.penstock.sandbox.aws.ec2;

import dev.penstock.sandbox.aws.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The filters of one kind of resource: different names must all match, of the values of one name
 * any; {@code *} and {@code ?} are wildcards (AWS API: EC2 Filter).
 */
final class Filters<T> {
  private static final int VALUES_PER_FILTER = 200;

  private final Map<String, Function<T, Stream<@Nullable String>>> known = new LinkedHashMap<>();
  private final Function<T, List<Tag>> tags;

  Filters(Function<T, List<Tag>> tags) {
    this.tags = tags;
  }

  Filters<T> on(String name, Function<T, @Nullable String> value) {
    known.put(name, item -> Stream.of(value.apply(item)));
    return this;
  }

  Filters<T> onEach(String name, Function<T, Stream<@Nullable String>> values) {
    known.put(name, values);
    return this;
  }

  List<T> select(List<T> items, List<Filter> filters) {
    var selected = items;
    for (var filter : filters) {
      selected = selected.stream().filter(item -> matches(item, filter)).toList();
    }
    filters.forEach(this::check);
    return selected;
  }

  private void check(Filter filter) {
    if (filter.values().size() > VALUES_PER_FILTER) {
      throw AwsError.refused("FilterLimitExceeded", "The maximum number of filter values is 200");
    }
    if (!known.containsKey(filter.name())
        && !filter.name().equals("tag-key")
        && !filter.name().startsWith("tag:")) {
      throw AwsError.refused(
          "InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
    }
  }

  private boolean matches(T item, Filter filter) {
    return values(item, filter.name())
        .filter(Objects::nonNull)
        .anyMatch(value -> filter.values().stream().anyMatch(wanted -> like(wanted, value)));
  }

  private Stream<@Nullable String> values(T item, String name) {
    if (name.equals("tag-key")) {
      return tags.apply(item).stream().map(Tag::key);
    }
    if (name.startsWith("tag:")) {
      var key = name.substring("tag:".length());
      return tags.apply(item).stream().filter(tag -> key.equals(tag.key())).map(Tag::value);
    }
    return known.getOrDefault(name, _ -> Stream.empty()).apply(item);
  }

  private static boolean like(String wanted, String value) {
    if (!wanted.contains("*") && !wanted.contains("?")) {
      return wanted.equals(value);
    }
    var pattern = new StringBuilder();
    for (var c : wanted.toCharArray()) {
      pattern.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return value.matches(pattern.toString());
  }
}
