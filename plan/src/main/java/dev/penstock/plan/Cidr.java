package dev.penstock.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An IPv4 or IPv6 block with its host bits cleared, as EC2 stores it (AWS API:
 * AuthorizeSecurityGroupIngress); read as Go's {@code net.ParseCIDR} reads it (LBC 0).
 */
public record Cidr(BigInteger network, int bits, int length) {
  /** Reads an address or a block; empty when the text is neither. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    var address = slash < 0 ? text : text.substring(0, slash);
    boolean six = address.indexOf(':') >= 0;
    int bits = six ? 128 : 32;
    var number = six ? six(address) : four(address);
    var length = slash < 0 ? Optional.of(bits) : decimal(text.substring(slash + 1), 8, bits);
    return number.flatMap(n -> length.map(l -> new Cidr(cleared(n, bits, l), bits, l)));
  }

  /** Whether the text is a block with its length, as annotations must give it. */
  public static boolean isBlock(String text) {
    return text.indexOf('/') >= 0 && parse(text).isPresent();
  }

  public boolean ipv6() {
    return bits == 128;
  }

  /** The text that AWS shows for a block; text that is no block stays as it is. */
  public static String canonical(String text) {
    return parse(text).map(Cidr::toString).orElse(text);
  }

  public boolean contains(Cidr other) {
    return bits == other.bits
        && length <= other.length
        && cleared(other.network, bits, length).equals(network);
  }

  /** The block of the given length around this one. */
  public Cidr widened(int toLength) {
    return new Cidr(cleared(network, bits, toLength), bits, toLength);
  }

  @Override
  public String toString() {
    return (bits == 32 ? fourText() : sixText()) + "/" + length;
  }

  private static BigInteger cleared(BigInteger number, int bits, int length) {
    return number.shiftRight(bits - length).shiftLeft(bits - length);
  }

  private static Optional<Integer> decimal(String text, int digits, int greatest) {
    return number(text, digits, 10).filter(value -> value <= greatest);
  }

  private static Optional<Integer> number(String text, int digits, int radix) {
    boolean valid =
        !text.isEmpty()
            && text.length() <= digits
            && text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
    return valid ? Optional.of(Integer.parseInt(text, radix)) : Optional.empty();
  }

  private static Optional<BigInteger> four(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long value = 0;
    for (var part : parts) {
      var octet = decimal(part, 3, 255);
      if (octet.isEmpty() || part.length() > 1 && part.startsWith("0")) {
        return Optional.empty();
      }
      value = value << 8 | octet.get();
    }
    return Optional.of(BigInteger.valueOf(value));
  }

  private static Optional<BigInteger> six(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true).filter(g -> g.size() == 8).map(Cidr::join);
    }
    var head = groups(text.substring(0, gap), false);
    var tail = groups(text.substring(gap + 2), true);
    if (head.isEmpty() || tail.isEmpty() || head.get().size() + tail.get().size() > 7) {
      return Optional.empty();
    }
    var all = new ArrayList<>(head.get());
    while (all.size() + tail.get().size() < 8) {
      all.add(0);
    }
    all.addAll(tail.get());
    return Optional.of(join(all));
  }

  /** Groups of 16 bits; the last two of an address may be written as an IPv4 address. */
  private static Optional<List<Integer>> groups(String text, boolean endsAddress) {
    var groups = new ArrayList<Integer>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    var parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = endsAddress && i == parts.length - 1;
      var dotted = last ? four(parts[i]) : Optional.<BigInteger>empty();
      var group = number(parts[i], 4, 16);
      if (dotted.isPresent()) {
        groups.add(dotted.get().shiftRight(16).intValue());
        groups.add(dotted.get().intValue() & 0xffff);
      } else if (group.isPresent()) {
        groups.add(group.get());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static BigInteger join(List<Integer> groups) {
    var value = BigInteger.ZERO;
    for (int group : groups) {
      value = value.shiftLeft(16).or(BigInteger.valueOf(group));
    }
    return value;
  }

  private String fourText() {
    long value = network.longValue();
    return (value >> 24)
        + "."
        + (value >> 16 & 255)
        + "."
        + (value >> 8 & 255)
        + "."
        + (value & 255);
  }

  /** RFC 5952: lower case, no leading zeros, the longest run of zeros shortened. */
  private String sixText() {
    var groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = network.shiftRight(112 - 16 * i).intValue() & 0xffff;
    }
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > bestLength) {
        best = i;
        bestLength = end - i;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        text.append("::");
        i += bestLength - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(HexFormat.of().toHexDigits((short) groups[i]).replaceFirst("^0{1,3}", ""));
      }
    }
    return text.toString();
  }
}
