package dev.penstock.sandbox.aws.engine;

import dev.penstock.sandbox.aws.WorldSpec.InterfaceSpec;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceIpv4Prefix;
import software.amazon.awssdk.services.ec2.model.InstanceIpv6Address;
import software.amazon.awssdk.services.ec2.model.InstanceIpv6Prefix;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstancePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.Ipv4PrefixSpecification;
import software.amazon.awssdk.services.ec2.model.Ipv6PrefixSpecification;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceIpv6Address;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** A network interface in the two forms in which EC2 shows it. */
final class InterfaceModel {
  private InterfaceModel() {}

  static NetworkInterface of(
      InterfaceSpec spec, Optional<Subnet> subnet, List<GroupIdentifier> groups) {
    var first = spec.privateIps().isEmpty() ? null : spec.privateIps().getFirst();
    return NetworkInterface.builder()
        .networkInterfaceId(spec.id())
        .subnetId(spec.subnet())
        .vpcId(subnet.map(Subnet::vpcId).orElse(null))
        .availabilityZone(subnet.map(Subnet::availabilityZone).orElse(null))
        .description("")
        .interfaceType("interface")
        .requesterManaged(false)
        .status("in-use")
        .attachment(
            spec.instance().isEmpty()
                ? null
                : NetworkInterfaceAttachment.builder()
                    .instanceId(spec.instance())
                    .status("attached")
                    .build())
        .groups(groups)
        .privateIpAddress(first)
        .privateIpAddresses(
            spec.privateIps().stream()
                .map(ip ->
                    NetworkInterfacePrivateIpAddress.builder()
                        .privateIpAddress(ip)
                        .primary(ip.equals(first))
                        .build())
                .toList())
        .ipv4Prefixes(
            spec.ipv4Prefixes().stream()
                .map(prefix -> Ipv4PrefixSpecification.builder().ipv4Prefix(prefix).build())
                .toList())
        .ipv6Addresses(
            spec.ipv6Ips().stream()
                .map(ip -> NetworkInterfaceIpv6Address.builder().ipv6Address(ip).build())
                .toList())
        .ipv6Prefixes(
            spec.ipv6Prefixes().stream()
                .map(prefix -> Ipv6PrefixSpecification.builder().ipv6Prefix(prefix).build())
                .toList())
        .build();
  }

  static InstanceNetworkInterface onInstance(NetworkInterface model) {
    return InstanceNetworkInterface.builder()
        .networkInterfaceId(model.networkInterfaceId())
        .subnetId(model.subnetId())
        .vpcId(model.vpcId())
        .status("in-use")
        .privateIpAddress(model.privateIpAddress())
        .groups(model.groups())
        .privateIpAddresses(
            model.privateIpAddresses().stream()
                .map(ip ->
                    InstancePrivateIpAddress.builder()
                        .privateIpAddress(ip.privateIpAddress())
                        .primary(ip.primary())
                        .build())
                .toList())
        .ipv4Prefixes(
            model.ipv4Prefixes().stream()
                .map(p -> InstanceIpv4Prefix.builder().ipv4Prefix(p.ipv4Prefix()).build())
                .toList())
        .ipv6Addresses(
            model.ipv6Addresses().stream()
                .map(ip -> InstanceIpv6Address.builder().ipv6Address(ip.ipv6Address()).build())
                .toList())
        .ipv6Prefixes(
            model.ipv6Prefixes().stream()
                .map(p -> InstanceIpv6Prefix.builder().ipv6Prefix(p.ipv6Prefix()).build())
                .toList())
        .build();
  }
}
