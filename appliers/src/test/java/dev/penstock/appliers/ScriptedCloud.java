package dev.penstock.appliers;

import dev.penstock.edges.aws.Api;
import dev.penstock.edges.aws.CallFailed;
import dev.penstock.edges.aws.Cloud;
import dev.penstock.edges.aws.Faults;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** Answers each operation with what the test says, in its order; the last answer stays. */
final class ScriptedCloud implements Cloud {
  private final Map<String, Deque<Reply>> replies = new TreeMap<>();
  private final List<AwsRequest> requests = new ArrayList<>();

  interface Reply {
    AwsResponse to(AwsRequest request) throws CallFailed;
  }

  void on(String operation, Reply... answers) {
    replies.put(operation, new ArrayDeque<>(List.of(answers)));
  }

  void on(String operation, AwsResponse answer) {
    on(operation, _ -> answer);
  }

  static Reply refuse(String code) {
    return _ -> {
      throw Faults.refused(code, 400, "r-" + code, code + " in AWS's words");
    };
  }

  static Reply lose() {
    return _ -> {
      throw Faults.unanswered("Timeout", "no answer");
    };
  }

  /** The operations that were called, in order. */
  List<String> operations() {
    return requests.stream().map(request -> Api.of(request).operation()).toList();
  }

  <Q extends AwsRequest> List<Q> requests(Class<Q> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Override
  public <R extends AwsResponse> Answer<R> call(
      AwsRequest request, Class<R> responseType, String commandId) throws CallFailed {
    requests.add(request);
    var operation = Api.of(request).operation();
    var answers = replies.get(operation);
    if (answers == null) {
      throw new AssertionError("nobody expected " + request);
    }
    var reply = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    var response = responseType.cast(reply.to(request));
    return new Answer<>(response, "r-" + requests.size(), 200);
  }
}
