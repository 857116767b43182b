package dev.penstock.schemas.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class KeyTest {
  private static final StackId STACK = new StackId("c1", StackKind.INGRESS, "default/web");

  @Test
  void everyKeyIsReadBackFromItsText() {
    var resource = new ResourceKey(STACK, ResourceKind.TARGET_GROUP, "default/web-svc:80");
    var ingress = new ObjectKey("c1", ObjectKind.INGRESS, "default", "web");
    var node = new ObjectKey("c1", ObjectKind.NODE, "", "ip-10-0-0-1");
    assertEquals(STACK, StackId.parse(STACK.toString()));
    assertEquals(resource, ResourceKey.parse(resource.toString()));
    assertEquals(ingress, ObjectKey.parse(ingress.toString()));
    assertEquals(node, ObjectKey.parse(node.toString()));
  }

  @Test
  void aTextOfAnotherFormIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> StackId.parse("c1|ingress"));
    assertThrows(IllegalArgumentException.class, () -> ResourceKey.parse("c1|ingress|web|What|x"));
    assertThrows(IllegalArgumentException.class, () -> ObjectKey.parse("c1|Ingress"));
  }
}
