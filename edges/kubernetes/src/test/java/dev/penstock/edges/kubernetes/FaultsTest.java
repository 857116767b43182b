package dev.penstock.edges.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

final class FaultsTest {
  private static final String STATUS =
      """
      {"kind":"Status","status":"Failure","reason":"%s","message":"%s",
       "details":{"causes":[{"reason":"%s","message":"a cause in its own words"}]}}\
      """;

  private static KubernetesFault fault(int httpStatus, String reason, String message, String cause)
      throws JsonProcessingException {
    var status = new ObjectMapper().readTree(STATUS.formatted(reason, message, cause));
    return Faults.of(httpStatus, status).fault();
  }

  @Test
  void aCauseThatTheServerNamesSaysMoreThanTheCode() throws JsonProcessingException {
    assertEquals(
        KubernetesFault.TERMINATING,
        fault(403, "Forbidden", "no new content here", "NamespaceTerminating"));
    assertEquals(
        KubernetesFault.EXPIRED,
        fault(504, "Timeout", "ask for an older one", "ResourceVersionTooLarge"));
  }

  @Test
  void theWordsOfARefusalDecideNothing() throws JsonProcessingException {
    assertEquals(
        KubernetesFault.FORBIDDEN,
        fault(403, "Forbidden", "the team is being terminated", "FieldValueForbidden"));
    assertEquals(
        KubernetesFault.INVALID,
        fault(422, "Invalid", "Too large resource version", "FieldValueInvalid"));
  }
}
