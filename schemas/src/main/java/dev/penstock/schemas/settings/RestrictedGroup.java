package dev.penstock.schemas.settings;

import java.util.List;

/**
 * Who may join the IngressGroups of that name: Ingresses of these namespaces, in these clusters, or
 * in every cluster when none is named. Each is a name, or the beginning of names with {@code *} at
 * its end. Where several entries name a group, each of them lets in whom it allows.
 */
public record RestrictedGroup(String group, List<String> namespaces, List<String> clusters) {

  public RestrictedGroup {
    namespaces = List.copyOf(namespaces);
    clusters = List.copyOf(clusters);
  }
}
