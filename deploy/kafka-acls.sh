#!/bin/sh
# Written from what the roles ask of a broker, by a test, never by hand: the ACLs of each, for
# an empty kafka.topic-prefix. BOOTSTRAP is the broker; ADMIN the client settings of whoever may
# give rights. penstock-admin runs `topics create` and `verify`; penstock-people runs audit, tail,
# replay, state and `topics export`.
set -eu
allow() {
  principal=$1; shift
  kafka-acls.sh --bootstrap-server "$BOOTSTRAP" --command-config "$ADMIN" --add \
    --allow-principal "User:$principal" "$@"
}

allow penstock-admin --topic penstock.audit --operation Create --operation Describe --operation DescribeConfigs
allow penstock-admin --topic penstock.changes --operation Create --operation Describe --operation DescribeConfigs
allow penstock-admin --topic penstock.checkpoints --operation Create --operation Describe --operation DescribeConfigs
allow penstock-admin --topic penstock.commands --operation Create --operation Describe --operation DescribeConfigs
allow penstock-admin --topic penstock.dead-letters --operation Create --operation Describe --operation DescribeConfigs
allow penstock-admin --topic penstock.events --operation Create --operation Describe --operation DescribeConfigs
allow penstock-admin --topic penstock.kubernetes-commands --operation Create --operation Describe --operation DescribeConfigs
allow penstock-admin --topic penstock.registry --operation Create --operation Describe --operation DescribeConfigs
allow penstock-apply --cluster --operation DescribeConfigs
allow penstock-apply --group penstock-apply --operation Read
allow penstock-apply --group penstock-apply-kubernetes --operation Read
allow penstock-apply --topic penstock.audit --operation Describe --operation DescribeConfigs
allow penstock-apply --topic penstock.changes --operation Describe --operation DescribeConfigs
allow penstock-apply --topic penstock.checkpoints --operation Describe --operation DescribeConfigs
allow penstock-apply --topic penstock.commands --operation Read --operation DescribeConfigs
allow penstock-apply --topic penstock.dead-letters --operation Describe --operation DescribeConfigs
allow penstock-apply --topic penstock.events --operation Write --operation DescribeConfigs
allow penstock-apply --topic penstock.kubernetes-commands --operation Read --operation DescribeConfigs
allow penstock-apply --topic penstock.registry --operation Read --operation DescribeConfigs
allow penstock-people --group penstock-stream --operation Describe
allow penstock-people --topic penstock.audit --operation Read
allow penstock-people --topic penstock.changes --operation Read
allow penstock-people --topic penstock.checkpoints --operation Read
allow penstock-people --topic penstock.commands --operation Read
allow penstock-people --topic penstock.dead-letters --operation Read
allow penstock-people --topic penstock.events --operation Read
allow penstock-people --topic penstock.kubernetes-commands --operation Read
allow penstock-people --topic penstock.registry --operation Read
allow penstock-stream --cluster --operation DescribeConfigs
allow penstock-stream --group penstock-stream --operation Read
allow penstock-stream --resource-pattern-type prefixed --topic penstock-stream- --operation Read --operation Write --operation Create
allow penstock-stream --resource-pattern-type prefixed --transactional-id penstock-stream- --operation Write
allow penstock-stream --topic penstock.audit --operation Write --operation DescribeConfigs
allow penstock-stream --topic penstock.changes --operation Write --operation DescribeConfigs
allow penstock-stream --topic penstock.checkpoints --operation Write --operation DescribeConfigs
allow penstock-stream --topic penstock.commands --operation Write --operation DescribeConfigs
allow penstock-stream --topic penstock.dead-letters --operation Write --operation DescribeConfigs
allow penstock-stream --topic penstock.events --operation Read --operation Write --operation DescribeConfigs
allow penstock-stream --topic penstock.kubernetes-commands --operation Write --operation DescribeConfigs
allow penstock-stream --topic penstock.registry --operation Read --operation Write --operation DescribeConfigs
allow penstock-stream --transactional-id penstock.registry-writer --operation Write
allow penstock-watch --cluster --operation DescribeConfigs
allow penstock-watch --group penstock-watch --operation Read
allow penstock-watch --topic penstock.audit --operation Describe --operation DescribeConfigs
allow penstock-watch --topic penstock.changes --operation Describe --operation DescribeConfigs
allow penstock-watch --topic penstock.checkpoints --operation Describe --operation DescribeConfigs
allow penstock-watch --topic penstock.commands --operation Describe --operation DescribeConfigs
allow penstock-watch --topic penstock.dead-letters --operation Describe --operation DescribeConfigs
allow penstock-watch --topic penstock.events --operation Write --operation DescribeConfigs
allow penstock-watch --topic penstock.kubernetes-commands --operation Describe --operation DescribeConfigs
allow penstock-watch --topic penstock.registry --operation Read --operation DescribeConfigs
