package dev.penstock.sandbox.aws.ec2;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** An address range in canonical form: the bits behind the prefix are zero. */
public record Cidr(BigInteger first, int prefix, int bits) {

  public static Cidr parse(String text) {
    return tryParse(text)
        .orElseThrow(() -> new IllegalArgumentException("not an address range: " + text));
  }

  public static Optional<Cidr> tryParse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    var prefix = Integer.parseInt(text.substring(slash + 1));
    return number(text.substring(0, slash))
        .filter(ip -> prefix <= ip.length * 8)
        .map(ip -> {
          var bits = ip.length * 8;
          var host = bits - prefix;
          return new Cidr(new BigInteger(1, ip).shiftRight(host).shiftLeft(host), prefix, bits);
        });
  }

  public boolean contains(String address) {
    return number(address)
        .filter(ip -> ip.length * 8 == bits)
        .map(ip -> new BigInteger(1, ip).subtract(first))
        .filter(offset -> offset.signum() >= 0 && offset.bitLength() <= bits - prefix)
        .isPresent();
  }

  /** How many addresses the range has, as far as a long can say. */
  public long size() {
    var host = bits - prefix;
    return host >= 62 ? Long.MAX_VALUE : 1L << host;
  }

  public String address(long index) {
    return text(first.add(BigInteger.valueOf(index)), bits);
  }

  @Override
  public String toString() {
    return text(first, bits) + "/" + prefix;
  }

  private static String text(BigInteger number, int bits) {
    var bytes = new byte[bits / 8];
    var raw = number.toByteArray();
    var length = Math.min(raw.length, bytes.length);
    System.arraycopy(raw, raw.length - length, bytes, bytes.length - length, length);
    return bits == 32 ? ipv4(bytes) : ipv6(bytes);
  }

  private static String ipv4(byte[] ip) {
    return (ip[0] & 255) + "." + (ip[1] & 255) + "." + (ip[2] & 255) + "." + (ip[3] & 255);
  }

  /** The short form of RFC 5952: lower case, the longest run of zero groups as two colons. */
  private static String ipv6(byte[] ip) {
    var groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (ip[2 * i] & 255) << 8 | ip[2 * i + 1] & 255;
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
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  private static Optional<byte[]> number(String address) {
    if (!address.matches("[0-9.]+")
        && !(address.contains(":") && address.matches("[0-9a-fA-F:.]+"))) {
      return Optional.empty();
    }
    if (!address.contains(":") && !address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address).getAddress());
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }
}
