package dev.penstock.sandbox.aws.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** Scalars in text, as the XML and query protocols write them. */
final class Scalars {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Scalars() {}

  static String write(Object value) {
    return switch (value) {
      case Instant time -> TIME.format(time);
      case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArray());
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  static Object read(String text, MarshallingType<?> type) {
    if (type == MarshallingType.STRING) {
      return text;
    }
    if (type == MarshallingType.INTEGER) {
      return Integer.valueOf(text.trim());
    }
    if (type == MarshallingType.LONG) {
      return Long.valueOf(text.trim());
    }
    if (type == MarshallingType.SHORT) {
      return Short.valueOf(text.trim());
    }
    if (type == MarshallingType.BOOLEAN) {
      return Boolean.valueOf(text.trim());
    }
    if (type == MarshallingType.DOUBLE) {
      return Double.valueOf(text.trim());
    }
    if (type == MarshallingType.FLOAT) {
      return Float.valueOf(text.trim());
    }
    if (type == MarshallingType.BIG_DECIMAL) {
      return new BigDecimal(text.trim());
    }
    if (type == MarshallingType.INSTANT) {
      return OffsetDateTime.parse(text.trim()).toInstant();
    }
    if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromByteArray(Base64.getDecoder().decode(text.trim()));
    }
    throw new IllegalArgumentException("no scalar: " + type);
  }
}
