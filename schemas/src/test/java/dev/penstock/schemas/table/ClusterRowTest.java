package dev.penstock.schemas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.key.Scope;
import dev.penstock.schemas.settings.ClusterMode;
import dev.penstock.schemas.settings.ClusterRegistration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The names that a cluster had in AWS. */
final class ClusterRowTest {
  private static ClusterRegistration named(String lbcName) {
    var home = Scope.parse("111122223333/us-west-2");
    var plain = ClusterRegistration.of("prod", home, "vpc-1");
    return new ClusterRegistration(
        plain.cluster(),
        home,
        lbcName,
        plain.vpcId(),
        plain.clusterUid(),
        plain.kubeconfig(),
        plain.apiServer(),
        plain.certificateAuthority(),
        plain.tokenReference(),
        plain.dnsScopes(),
        plain.controller());
  }

  private static ClusterRow row(String lbcName) {
    return ClusterRow.of(named(lbcName));
  }

  @Test
  void aNameThatIsGivenUpIsKnownUntilItIsTheNameAgain() {
    var second = row("first").withRegistration(named("second"));
    assertEquals(List.of("first"), second.formerNames());
    assertEquals(
        List.of("first"), second.withMode(ClusterMode.MANAGE).boundTo("uid").formerNames());
    assertEquals(List.of("first", "second"), second.withRegistration(named("third")).formerNames());
    assertEquals(List.of("second"), second.withRegistration(named("first")).formerNames());
    assertEquals(List.of(), row("first").withRegistration(named("first")).formerNames());
  }

  @Test
  void aNameThatAnotherClusterHasNowIsNotCounted() {
    var renamed = row("first").withRegistration(named("second"));
    assertEquals(List.of("first"), renamed.formerNamesBeside(List.of(renamed, row("third"))));
    assertEquals(List.of(), renamed.formerNamesBeside(List.of(renamed, row("first"))));
  }
}
