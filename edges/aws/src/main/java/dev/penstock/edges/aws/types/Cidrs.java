package dev.penstock.edges.aws.types;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** CIDR blocks as AWS keeps them: host bits cleared. */
public final class Cidrs {
  private Cidrs() {}

  /** {@code 100.68.0.18/18} becomes {@code 100.68.0.0/18}; what is no CIDR stays as it is. */
  public static String canonical(String cidr) {
    var slash = cidr.indexOf('/');
    if (slash < 0 || !cidr.matches("[0-9a-fA-F:.]+/[0-9]{1,3}")) {
      return cidr;
    }
    try {
      var bytes = InetAddress.getByName(cidr.substring(0, slash)).getAddress();
      var bits = Integer.parseInt(cidr.substring(slash + 1));
      for (var i = 0; i < bytes.length; i++) {
        var kept = Math.clamp(bits - 8L * i, 0, 8);
        bytes[i] &= (byte) (0xff << (8 - kept));
      }
      return text(bytes) + "/" + bits;
    } catch (UnknownHostException _) {
      return cidr;
    }
  }

  private static String text(byte[] bytes) throws UnknownHostException {
    var plain = InetAddress.getByAddress(bytes).getHostAddress();
    return bytes.length == 4 ? plain : shortest(plain);
  }

  /** The longest run of zero groups becomes {@code ::} (RFC 5952). */
  private static String shortest(String groups) {
    var words = groups.split(":");
    var start = -1;
    var length = 1;
    for (var i = 0; i < words.length; i++) {
      var end = i;
      while (end < words.length && words[end].equals("0")) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    if (start < 0) {
      return groups;
    }
    var head = String.join(":", Arrays.copyOfRange(words, 0, start));
    var tail = String.join(":", Arrays.copyOfRange(words, start + length, words.length));
    return head + "::" + tail;
  }
}
