package dev.penstock.sandbox.kubernetes.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A part of a list. The continuation is empty on the last page; every page of a list has the same
 * revision.
 */
public record Page(List<ObjectNode> items, long revision, String continuation, int remaining) {
  public Page {
    items = List.copyOf(items);
  }
}
