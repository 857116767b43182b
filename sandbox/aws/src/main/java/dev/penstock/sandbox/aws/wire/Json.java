package dev.penstock.sandbox.aws.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** A Jackson mapper that knows the SDK's models, so that records may hold them. */
public final class Json {
  private Json() {}

  public static ObjectMapper mapper() {
    var module = new SimpleModule();
    module.addSerializer(SdkPojo.class, new ModelWriter());
    module.addSerializer(Instant.class, new TextWriter<>());
    module.addSerializer(Duration.class, new TextWriter<>());
    var readers = new ModelReaders();
    readers.addDeserializer(Instant.class, new InstantReader());
    readers.addDeserializer(Duration.class, new DurationReader());
    module.setDeserializers(readers);
    return new ObjectMapper()
        .registerModule(module)
        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true);
  }

  private static final class ModelWriter extends JsonSerializer<SdkPojo> {
    @Override
    public void serialize(SdkPojo value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeTree(JsonCodec.write(value));
    }
  }

  private static final class TextWriter<T> extends JsonSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.toString());
    }
  }

  private static final class ModelReaders extends SimpleDeserializers {
    private static final long serialVersionUID = 1;

    @Override
    public @Nullable JsonDeserializer<?> findBeanDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription bean)
        throws com.fasterxml.jackson.databind.JsonMappingException {
      return SdkPojo.class.isAssignableFrom(type.getRawClass())
          ? new ModelReader(type.getRawClass())
          : super.findBeanDeserializer(type, config, bean);
    }
  }

  private static final class ModelReader extends JsonDeserializer<Object> {
    private final Class<?> type;

    ModelReader(Class<?> type) {
      this.type = type;
    }

    @Override
    public Object deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode tree = in.readValueAsTree();
      return JsonCodec.read(tree, type);
    }
  }

  private static final class InstantReader extends StdScalarDeserializer<Instant> {
    private static final long serialVersionUID = 1;

    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Instant.parse(in.getValueAsString());
    }
  }

  private static final class DurationReader extends StdScalarDeserializer<Duration> {
    private static final long serialVersionUID = 1;

    DurationReader() {
      super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
      return Duration.parse(in.getValueAsString());
    }
  }
}
