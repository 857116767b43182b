package dev.penstock.cli.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What the demo looks at: the cluster and AWS as anybody would see them, never our own tables. */
final class DemoView implements AutoCloseable {
  /** A machine that builds and runs everything at once may be slow to answer. */
  private static final int LONGEST_REQUEST_MILLIS = 60_000;

  private final KubernetesClient cluster;
  private final SdkHttpClient http;
  private final ElasticLoadBalancingV2Client elb;
  private final Ec2Client ec2;
  private final Route53Client dns;

  private DemoView(KubernetesClient cluster, SdkHttpClient http, URI endpoint) {
    this.cluster = cluster;
    this.http = http;
    this.elb = at(endpoint, http, ElasticLoadBalancingV2Client.builder()).build();
    this.ec2 = at(endpoint, http, Ec2Client.builder()).build();
    this.dns = at(endpoint, http, Route53Client.builder()).build();
  }

  static DemoView open(Path kubeconfig, String awsEndpoint) throws IOException {
    var config = Config.fromKubeconfig(Files.readString(kubeconfig));
    config.setRequestTimeout(LONGEST_REQUEST_MILLIS);
    var cluster = new KubernetesClientBuilder().withConfig(config).build();
    return new DemoView(cluster, ApacheHttpClient.create(), URI.create(awsEndpoint));
  }

  private static <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B at(
      URI endpoint, SdkHttpClient http, B builder) {
    var anybody = AwsBasicCredentials.create("AKIASANDBOX", "demo");
    return builder
        .httpClient(http)
        .credentialsProvider(StaticCredentialsProvider.create(anybody))
        .region(Region.US_WEST_2)
        .endpointOverride(endpoint);
  }

  KubernetesClient cluster() {
    return cluster;
  }

  ElasticLoadBalancingV2Client elb() {
    return elb;
  }

  /** Security groups with their rules, in the order of their ids. */
  List<SecurityGroup> securityGroups() {
    return ec2.describeSecurityGroups().securityGroups().stream()
        .sorted(Comparator.comparing(SecurityGroup::groupId))
        .toList();
  }

  List<LoadBalancer> loadBalancers() {
    return elb.describeLoadBalancers().loadBalancers();
  }

  List<Listener> listeners() {
    return loadBalancers().stream()
        .flatMap(lb ->
            elb
                .describeListeners(r -> r.loadBalancerArn(lb.loadBalancerArn()))
                .listeners()
                .stream())
        .sorted(Comparator.comparing(Listener::port))
        .toList();
  }

  /** Rules of the listener on a port, without its default rule. */
  List<Rule> rules(int port) {
    return listeners().stream()
        .filter(listener -> listener.port() == port)
        .flatMap(listener ->
            elb.describeRules(r -> r.listenerArn(listener.listenerArn())).rules().stream())
        .filter(rule -> !rule.isDefault())
        .toList();
  }

  List<TargetGroup> targetGroups() {
    return elb.describeTargetGroups().targetGroups();
  }

  List<TargetHealthDescription> targets() {
    return targetGroups().stream()
        .flatMap(group ->
            elb
                .describeTargetHealth(r -> r.targetGroupArn(group.targetGroupArn()))
                .targetHealthDescriptions()
                .stream())
        .toList();
  }

  /** Addresses of targets in the given health state, sorted. */
  List<String> targets(String state) {
    return targets().stream()
        .filter(target -> target.targetHealth().stateAsString().equals(state))
        .map(target -> target.target().id())
        .sorted()
        .toList();
  }

  /** Record sets of a name and its ownership TXT names. */
  List<ResourceRecordSet> records(String host) {
    return dns.listHostedZones().hostedZones().stream()
        .flatMap(zone ->
            dns
                .listResourceRecordSetsPaginator(r -> r.hostedZoneId(zone.id()))
                .resourceRecordSets()
                .stream())
        .filter(set -> set.name().equals(host + ".") || set.name().endsWith("-" + host + "."))
        .toList();
  }

  Optional<String> address(String ingress) {
    var object = cluster.network().v1().ingresses().inNamespace("default").withName(ingress).get();
    if (object == null
        || object.getStatus() == null
        || object.getStatus().getLoadBalancer() == null) {
      return Optional.empty();
    }
    return object.getStatus().getLoadBalancer().getIngress().stream()
        .map(entry -> entry.getHostname())
        .findFirst();
  }

  /** Pods of the demo's Deployment that are not being deleted, in the order of their names. */
  List<Pod> pods() {
    return cluster
        .pods()
        .inNamespace("default")
        .withLabel("app", "nginx-app")
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
        .toList();
  }

  /** Addresses of pods that are ready, sorted. */
  List<String> readyAddresses() {
    return pods().stream()
        .filter(DemoView::ready)
        .map(pod -> pod.getStatus().getPodIP())
        .sorted()
        .toList();
  }

  private static boolean ready(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  @Override
  public void close() {
    cluster.close();
    elb.close();
    ec2.close();
    dns.close();
    http.close();
  }
}
