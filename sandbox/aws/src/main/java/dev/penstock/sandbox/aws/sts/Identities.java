package dev.penstock.sandbox.aws.sts;

import dev.penstock.sandbox.aws.AwsError;
import dev.penstock.sandbox.aws.engine.Operations;
import dev.penstock.sandbox.aws.engine.Rows.SessionRow;
import dev.penstock.sandbox.aws.engine.Turn;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Who the caller is, and sessions of roles in this and in other accounts. */
public final class Identities implements Operations.Family {
  private static final int STANDARD_SECONDS = 3600;

  private record Session(Credentials credentials, AssumedRoleUser user) {}

  @Override
  public void register(Operations operations) {
    operations.on(GetCallerIdentityRequest.class, this::identity);
    operations.on(AssumeRoleRequest.class, this::assume);
    operations.on(AssumeRoleWithWebIdentityRequest.class, this::assumeWithToken);
  }

  private SdkResponse identity(Turn turn, GetCallerIdentityRequest request) {
    return GetCallerIdentityResponse.builder()
        .account(turn.caller().account())
        .arn(turn.caller().principal())
        .userId(turn.caller().accessKeyId())
        .build();
  }

  private SdkResponse assume(Turn turn, AssumeRoleRequest request) {
    var session =
        session(turn, request.roleArn(), request.roleSessionName(), request.durationSeconds());
    return AssumeRoleResponse.builder()
        .credentials(session.credentials())
        .assumedRoleUser(session.user())
        .build();
  }

  private SdkResponse assumeWithToken(Turn turn, AssumeRoleWithWebIdentityRequest request) {
    if (request.webIdentityToken() == null || request.webIdentityToken().length() < 4) {
      throw AwsError.refused("InvalidIdentityToken", "The web identity token is not valid");
    }
    var session =
        session(turn, request.roleArn(), request.roleSessionName(), request.durationSeconds());
    return AssumeRoleWithWebIdentityResponse.builder()
        .credentials(session.credentials())
        .assumedRoleUser(session.user())
        .build();
  }

  private static Session session(
      Turn turn, @Nullable String role, @Nullable String name, @Nullable Integer seconds) {
    if (role == null || !role.matches("arn:[\\w-]+:iam::\\d{12}:role/.+")) {
      throw AwsError.invalid("Role ARN '" + role + "' is not valid");
    }
    if (name == null || !name.matches("[\\w+=,.@-]{2,64}")) {
      throw AwsError.invalid("Role session name '" + name + "' is not valid");
    }
    var life = seconds == null ? STANDARD_SECONDS : seconds;
    if (life < 900 || life > 43_200) {
      throw AwsError.invalid("The session duration must be within [900,43200]");
    }
    var account = role.split(":")[4];
    var key = "ASIA" + turn.ids().token(16);
    var roleName = role.substring(role.lastIndexOf('/') + 1);
    var principal =
        "arn:"
            + turn.region().partition()
            + ":sts::"
            + account
            + ":assumed-role/"
            + roleName
            + "/"
            + name;
    turn.account().sessions.put(key, new SessionRow(key, account, principal));
    var credentials =
        Credentials.builder()
            .accessKeyId(key)
            .secretAccessKey(turn.ids().token(40))
            .sessionToken(turn.ids().token(64))
            .expiration(turn.now().plusSeconds(life))
            .build();
    var user =
        AssumedRoleUser.builder()
            .arn(principal)
            .assumedRoleId("AROA" + turn.ids().token(16) + ":" + name)
            .build();
    return new Session(credentials, user);
  }
}
