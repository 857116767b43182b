package dev.penstock.watchers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.edges.kubernetes.translate.ObjectTranslator;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.KubernetesObject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Half a SHA-256 of all that a projection says but its resource version, and the size of the
 * projection as a record.
 */
record Fingerprint(long high, long low, int bytes) {
  private static final RecordCodec<KubernetesObject> CODEC = RecordCodec.of(KubernetesObject.class);

  /** Of an object that has a translation. */
  static Fingerprint of(ObjectTranslator translator, ObjectKind kind, JsonNode raw) {
    var encoded = CODEC.encode(translator.translate(kind, unversioned(raw)).orElseThrow());
    var hash = ByteBuffer.wrap(sha256(encoded));
    return new Fingerprint(hash.getLong(), hash.getLong(), encoded.length);
  }

  static int size(KubernetesObject object) {
    return CODEC.encode(object).length;
  }

  private static JsonNode unversioned(JsonNode raw) {
    if (!(raw.path("metadata") instanceof ObjectNode metadata)) {
      return raw;
    }
    var copy = JsonNodeFactory.instance.objectNode();
    copy.setAll((ObjectNode) raw);
    var bare = copy.putObject("metadata");
    bare.setAll(metadata);
    bare.remove("resourceVersion");
    return copy;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
