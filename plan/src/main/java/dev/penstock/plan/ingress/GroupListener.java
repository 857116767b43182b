package dev.penstock.plan.ingress;

import dev.penstock.schemas.aws.Link;
import dev.penstock.schemas.aws.ListenerSpec.MutualAuthentication;
import dev.penstock.schemas.key.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One listener of a group, settled between the members that listen on its port. */
record GroupListener(
    int port,
    String protocol,
    List<Participant> participants,
    List<Link> certificates,
    Optional<String> sslPolicy,
    Optional<MutualAuthentication> mutualAuthentication,
    List<String> inboundCidrs,
    List<String> prefixLists,
    Map<String, String> attributes) {

  boolean tls() {
    return protocol.equals(ListenerReader.HTTPS);
  }

  GroupListener withCertificates(List<Link> fewer) {
    return new GroupListener(
        port,
        protocol,
        participants,
        fewer,
        sslPolicy,
        mutualAuthentication,
        inboundCidrs,
        prefixLists,
        attributes);
  }

  List<ObjectKey> members() {
    return participants.stream().map(Participant::member).toList();
  }
}
