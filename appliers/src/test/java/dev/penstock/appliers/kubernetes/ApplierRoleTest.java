package dev.penstock.appliers.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.penstock.schemas.command.KubernetesWrite;
import dev.penstock.schemas.command.KubernetesWrite.AddFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.ApplyTargetGroupBinding;
import dev.penstock.schemas.command.KubernetesWrite.ApplyTargetList;
import dev.penstock.schemas.command.KubernetesWrite.DeleteTargetGroupBinding;
import dev.penstock.schemas.command.KubernetesWrite.DeleteTargetList;
import dev.penstock.schemas.command.KubernetesWrite.RecordEvent;
import dev.penstock.schemas.command.KubernetesWrite.RemoveFinalizer;
import dev.penstock.schemas.command.KubernetesWrite.SetCondition;
import dev.penstock.schemas.command.KubernetesWrite.SetLoadBalancerStatus;
import dev.penstock.schemas.event.Result;
import dev.penstock.schemas.key.ObjectKey;
import dev.penstock.schemas.key.ObjectKind;
import dev.penstock.schemas.kubernetes.Condition;
import dev.penstock.schemas.kubernetes.LoadBalancerAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * deploy/kubernetes/apply.yaml is written from what the applier asks of an API server, for every
 * write that is decided today.
 */
final class ApplierRoleTest {
  private static final Path MANIFEST =
      Path.of(System.getProperty("project.root", "..")).resolve("deploy/kubernetes/apply.yaml");
  private static final String FINALIZER = "elbv2.k8s.aws/resources";

  private final World world = new World();
  private final Set<Class<?>> done = new HashSet<>();

  private void write(ObjectKind kind, KubernetesWrite write) {
    assertEquals(new Result.Applied(), world.run(kind, "web", "", write), write.toString());
    done.add(write.getClass());
  }

  @Test
  void theRoleInDeployIsWhatTheApplierAsksFor() throws IOException {
    world.ingress("web");
    world.create(
        ObjectKind.POD, "web", "{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
    var event = new RecordEvent("Normal", "SuccessfullyReconciled", "it serves");
    write(ObjectKind.INGRESS, new AddFinalizer(FINALIZER));
    write(ObjectKind.INGRESS, new SetLoadBalancerStatus(List.of(address())));
    write(ObjectKind.INGRESS, event);
    write(ObjectKind.INGRESS, event);
    write(ObjectKind.INGRESS, new RemoveFinalizer(FINALIZER));
    write(ObjectKind.POD, new SetCondition(new Condition("ready", "True", "", "")));
    write(ObjectKind.TARGET_GROUP_BINDING, binding("arn:1"));
    write(ObjectKind.TARGET_GROUP_BINDING, binding("arn:2"));
    write(ObjectKind.TARGET_GROUP_BINDING, event);
    write(ObjectKind.TARGET_GROUP_BINDING, new RemoveFinalizer(FINALIZER));
    write(ObjectKind.TARGET_GROUP_BINDING, new AddFinalizer(FINALIZER));
    write(ObjectKind.TARGET_GROUP_BINDING, new DeleteTargetGroupBinding());
    write(ObjectKind.CONFIG_MAP, new ApplyTargetList(List.of(), true));
    write(ObjectKind.CONFIG_MAP, new ApplyTargetList(List.of("10.0.0.1:80"), false));
    write(ObjectKind.CONFIG_MAP, new DeleteTargetList());
    var all =
        Arrays.stream(KubernetesWrite.class.getPermittedSubclasses()).collect(Collectors.toSet());
    assertEquals(all, done, "every kind of write was tried");
    world.create(ObjectKind.SECRET, "oidc", "{\"data\":{\"clientSecret\":\"czEK\"}}");
    var secret = new ObjectKey("blue", ObjectKind.SECRET, "default", "oidc");
    var secrets = new ClusterSecrets(_ -> Optional.of(world.recorder));
    assertEquals(Optional.of("s1"), secrets.read(secret), "without the line break at its end");

    var manifest = world.recorder.manifest("penstock-apply");
    if ("write".equals(System.getProperty("golden"))) {
      Files.writeString(MANIFEST, manifest);
    }
    assertEquals(
        Files.readString(MANIFEST), manifest, "run with -Dgolden=write and review the diff");
  }

  private static LoadBalancerAddress address() {
    var host = Optional.of("k8s-web-1.us-west-2.elb.amazonaws.com");
    return new LoadBalancerAddress(host, Optional.empty(), List.of());
  }

  private static ApplyTargetGroupBinding binding(String arn) {
    return new ApplyTargetGroupBinding(
        Map.of("ingress.k8s.aws/stack", "shared"), World.binding(arn, "web"));
  }
}
