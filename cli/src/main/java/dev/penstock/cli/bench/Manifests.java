package dev.penstock.cli.bench;

/** The objects of a stack as their JSON, after the peers' seed Ingress. */
final class Manifests {
  static final String NAMESPACE =
      """
      {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
      """;

  /** Namespace, group. Without a selector: the slices are written by hand. */
  static final String SERVICE =
      """
      {"apiVersion": "v1", "kind": "Service",
       "metadata": {"namespace": "%s", "name": "svc-%d"},
       "spec": {"type": "ClusterIP", "ports": [{"port": 80, "targetPort": 8080}]}}
      """;

  /** Namespace, group, group, endpoints. */
  static final String SLICE =
      """
      {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
       "metadata": {"namespace": "%s", "name": "svc-%d-bench",
                    "labels": {"kubernetes.io/service-name": "svc-%d"}},
       "addressType": "IPv4", "ports": [{"port": 8080, "protocol": "TCP"}],
       "endpoints": [%s]}
      """;

  /** Address, node, zone, namespace, pod, uid. */
  static final String ENDPOINT =
      """
      {"addresses": ["%s"], "conditions": {"ready": true, "serving": true, "terminating": false},
       "nodeName": "%s", "zone": "%s",
       "targetRef": {"kind": "Pod", "namespace": "%s", "name": "%s", "uid": "%s"}}
      """;

  /** Namespace, name, group, node. */
  static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod",
       "metadata": {"namespace": "%s", "name": "%s", "labels": {"app": "svc-%d"}},
       "spec": {"nodeName": "%s",
                "containers": [{"name": "web", "image": "web:1",
                                "ports": [{"containerPort": 8080}]}]}}
      """;

  /** Address, address. */
  static final String POD_STATUS =
      """
      {"phase": "Running", "podIP": "%s", "podIPs": [{"ip": "%s"}],
       "conditions": [{"type": "Ready", "status": "True"},
                      {"type": "ContainersReady", "status": "True"}]}
      """;

  /** Group, group. */
  static final String PATH =
      """
      {"path": "/p%d", "pathType": "Prefix",
       "backend": {"service": {"name": "svc-%d", "port": {"number": 80}}}}
      """;

  /** Namespace, host, paths. */
  static final String INGRESS =
      """
      {"apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
       "metadata": {"namespace": "%s", "name": "web", "annotations": {
         "alb.ingress.kubernetes.io/scheme": "internet-facing",
         "alb.ingress.kubernetes.io/target-type": "ip",
         "alb.ingress.kubernetes.io/listen-ports": "[{\\"HTTP\\": 80}, {\\"HTTPS\\": 443}]",
         "alb.ingress.kubernetes.io/ssl-redirect": "443",
         "alb.ingress.kubernetes.io/certificate-arn":
           "arn:aws:acm:us-west-2:111122223333:certificate/your-cert"}},
       "spec": {"ingressClassName": "alb",
                "rules": [{"host": "%s.example.com", "http": {"paths": [%s]}}]}}
      """;

  private Manifests() {}
}
