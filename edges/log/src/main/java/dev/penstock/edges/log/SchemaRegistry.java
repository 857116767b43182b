package dev.penstock.edges.log;

import dev.penstock.edges.log.LogFailed.Fault;
import dev.penstock.schemas.avro.RecordCodec;
import dev.penstock.schemas.topic.Topic;
import dev.penstock.schemas.topic.Topics;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Ids of schemas and schemas of ids. Only {@link #register} writes, and only when asked to; what
 * was once found is not asked for again.
 */
public final class SchemaRegistry implements SchemaSource {
  private static final int SCHEMAS_CACHED = 1_000;

  private final SchemaRegistryClient client;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

  public SchemaRegistry(SchemaRegistryClient client) {
    this.client = client;
  }

  public static SchemaRegistry open(Connection connection) {
    return new SchemaRegistry(
        new CachedSchemaRegistryClient(
            connection.registryUrls(),
            SCHEMAS_CACHED,
            List.of(new AvroSchemaProvider()),
            connection.registry()));
  }

  /** The explicit step at start: registers the schema of every topic's values. */
  public void registerAll(Catalogue catalogue) throws LogFailed {
    for (Topic topic : Topics.all()) {
      register(catalogue.subject(topic), RecordCodec.of(topic.value()).schema());
    }
  }

  /** Registers a schema, if it is not there, and returns its id. */
  public int register(String subject, Schema schema) throws LogFailed {
    try {
      return client.register(subject, new AvroSchema(schema), true);
    } catch (RestClientException e) {
      throw refused("registering " + subject, e);
    } catch (IOException e) {
      throw unreachable("registering " + subject, e);
    }
  }

  /** The id of a schema that must be registered already. */
  int id(String subject, Schema schema) throws LogFailed {
    try {
      return client.getId(subject, new AvroSchema(schema), true);
    } catch (RestClientException e) {
      if (e.getStatus() == 404) {
        throw new LogFailed(
            Fault.MISCONFIGURED,
            "this version's schema of "
                + subject
                + " is not registered: run `penstock topics create`",
            e);
      }
      throw refused("looking up " + subject, e);
    } catch (IOException e) {
      throw unreachable("looking up " + subject, e);
    }
  }

  @Override
  public Optional<Schema> schema(int id) throws LogFailed {
    Schema known = byId.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      if (client.getSchemaById(id) instanceof AvroSchema avro) {
        byId.put(id, avro.rawSchema());
        return Optional.of(avro.rawSchema());
      }
      return Optional.empty();
    } catch (RestClientException e) {
      if (e.getStatus() == 404) {
        return Optional.empty();
      }
      throw refused("reading schema " + id, e);
    } catch (IOException e) {
      throw unreachable("reading schema " + id, e);
    }
  }

  private static LogFailed refused(String what, RestClientException e) {
    Fault fault =
        switch (e.getStatus()) {
          case 401, 403 -> Fault.DENIED;
          case 409, 422 -> Fault.MISCONFIGURED;
          default -> Fault.UNREACHABLE;
        };
    return new LogFailed(fault, what + ": " + e.getMessage(), e);
  }

  private static LogFailed unreachable(String what, IOException e) {
    return new LogFailed(Fault.UNREACHABLE, what + ": " + e.getMessage(), e);
  }
}
