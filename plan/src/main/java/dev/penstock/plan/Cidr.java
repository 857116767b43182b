package dev.penstock.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * An IPv4 or IPv6 block with its host bits cleared, as EC2 stores it (AWS API:
 * AuthorizeSecurityGroupIngress).
 */
public record Cidr(BigInteger network, int bits, int length) {
  /** Reads an address or a block; empty when the text is neither. */
  public static Optional<Cidr> parse(String text) {
    int slash = text.indexOf('/');
    var address = slash < 0 ? text : text.substring(0, slash);
    boolean six = address.indexOf(':') >= 0;
    int bits = six ? 128 : 32;
    var number = six ? six(address) : four(address);
    var length = slash < 0 ? Optional.of(bits) : number(text.substring(slash + 1), bits, 10);
    return number.flatMap(n -> length.map(l -> new Cidr(cleared(n, bits, l), bits, l)));
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

  private static Optional<Integer> number(String text, int greatest, int radix) {
    if (text.isEmpty() || text.length() > 4) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), radix) < 0 || text.charAt(i) > 127) {
        return Optional.empty();
      }
    }
    int value = Integer.parseInt(text, radix);
    return value <= greatest ? Optional.of(value) : Optional.empty();
  }

  private static Optional<BigInteger> four(String text) {
    var parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    long value = 0;
    for (var part : parts) {
      var octet = number(part, 255, 10);
      if (octet.isEmpty()) {
        return Optional.empty();
      }
      value = value << 8 | octet.get();
    }
    return Optional.of(BigInteger.valueOf(value));
  }

  private static Optional<BigInteger> six(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text).filter(g -> g.size() == 8).map(Cidr::join);
    }
    var head = groups(text.substring(0, gap));
    var tail = groups(text.substring(gap + 2));
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

  private static Optional<List<Integer>> groups(String text) {
    var groups = new ArrayList<Integer>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    for (var part : text.split(":", -1)) {
      var dotted = part.indexOf('.') < 0 ? Optional.<BigInteger>empty() : four(part);
      var group = number(part, 0xffff, 16);
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
