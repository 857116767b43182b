package dev.penstock.streams.query;

import dev.penstock.edges.log.LogFailed;
import dev.penstock.edges.log.Registrations;
import dev.penstock.edges.log.RegistryTopic;
import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.RegistryEntry.ClusterEntry;

/** penstock.registry itself; every look is at its end. */
public record TopicRegistrar(RegistryTopic topic) implements PeopleWrites.Registrar {
  @Override
  public Registrations now() throws LogFailed {
    return topic.refresh();
  }

  @Override
  public void register(Scope scope) throws LogFailed {
    topic.register(scope);
  }

  @Override
  public void put(ClusterEntry entry) throws LogFailed {
    topic.put(entry);
  }
}
