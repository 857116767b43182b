package dev.penstock.streams.preview;

import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Service;
import dev.penstock.streams.preview.ClusterPlan.Note;
import dev.penstock.streams.tables.Table;
import dev.penstock.streams.tables.Tables;
import java.util.List;
import java.util.stream.Stream;

/** Objects that LBC serves and this version does not: Services with a network load balancer. */
final class Unmanaged {
  private static final String CLASS = "service.k8s.aws/nlb";
  private static final String FINALIZER = "service.k8s.aws/resources";
  private static final String TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";
  private static final List<String> TYPES = List.of("external", "nlb-ip");

  private Unmanaged() {}

  /** Those of a cluster, wherever these tables hold its objects. */
  static List<Note> of(Tables tables, String cluster) {
    return tables.scan(Table.CLUSTERS, "").stream()
        .filter(entry -> entry.row().registration().cluster().equals(cluster))
        .flatMap(entry -> services(tables, entry.key()))
        .toList();
  }

  private static Stream<Note> services(Tables tables, String clusterKey) {
    var prefix = clusterKey + "|" + ObjectKind.SERVICE.text() + "|";
    return tables.scan(Table.OBJECTS, prefix).stream()
        .filter(entry -> entry.row().object() instanceof Service service && isLbcs(service))
        .map(entry ->
            new Note(
                "Service " + entry.key().substring(prefix.length()),
                "Services of type LoadBalancer are not managed by this version"));
  }

  private static boolean isLbcs(Service service) {
    var type = service.metadata().annotations().getOrDefault(TYPE, "");
    boolean asksFor =
        service.type().equals("LoadBalancer")
            && (service.loadBalancerClass().filter(CLASS::equals).isPresent()
                || service.loadBalancerClass().isEmpty() && TYPES.contains(type));
    return asksFor || service.metadata().finalizers().contains(FINALIZER);
  }
}
