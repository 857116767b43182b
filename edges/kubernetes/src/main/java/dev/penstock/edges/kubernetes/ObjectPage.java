package dev.penstock.edges.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One page of a list. All pages of one list show the same moment, {@code resourceVersion}; {@code
 * next} is empty on the last page.
 */
public record ObjectPage(List<JsonNode> items, String resourceVersion, String next) {}
