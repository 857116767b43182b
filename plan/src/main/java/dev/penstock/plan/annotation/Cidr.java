package dev.penstock.plan.annotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells address blocks apart as Go's {@code net.ParseCIDR} does; the text is kept as given. */
public record Cidr(String text, boolean ipv6) {
  /** Empty: not an address block. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    var address = text.substring(0, slash);
    var mask = text.substring(slash + 1);
    boolean v6 = address.indexOf(':') >= 0;
    int bits = v6 ? 128 : 32;
    boolean maskFits =
        !mask.isEmpty()
            && mask.length() <= 8
            && mask.chars().allMatch(c -> c >= '0' && c <= '9')
            && Integer.parseInt(mask) <= bits;
    boolean valid = maskFits && (v6 ? isV6(address) : isV4(address));
    return valid ? Optional.of(new Cidr(text, v6)) : Optional.empty();
  }

  private static boolean isV4(String address) {
    var parts = address.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits =
          !part.isEmpty()
              && part.length() <= 3
              && part.chars().allMatch(c -> c >= '0' && c <= '9')
              && (part.length() == 1 || part.charAt(0) != '0');
      if (!digits || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean isV6(String address) {
    int gap = address.indexOf("::");
    if (gap < 0) {
      return groups(address) == 8;
    }
    if (address.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    var head = address.substring(0, gap);
    var tail = address.substring(gap + 2);
    int before = head.isEmpty() ? 0 : groups(head);
    int after = tail.isEmpty() ? 0 : groups(tail);
    return before >= 0 && after >= 0 && head.indexOf('.') < 0 && before + after <= 7;
  }

  /** How many 16-bit groups the text stands for; -1 when it is malformed. */
  private static int groups(String text) {
    var parts = new ArrayList<>(List.of(text.split(":", -1)));
    int count = 0;
    if (parts.getLast().indexOf('.') >= 0) {
      if (!isV4(parts.removeLast())) {
        return -1;
      }
      count = 2;
    }
    for (String part : parts) {
      boolean hex =
          !part.isEmpty()
              && part.length() <= 4
              && part.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
      if (!hex) {
        return -1;
      }
      count++;
    }
    return count;
  }
}
