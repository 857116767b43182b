package dev.penstock.schemas.settings;

import dev.penstock.schemas.avro.Default;

/** What may be done to records that are ours (external-dns 2.1, --policy). */
@Default("CREATE_ONLY")
public enum DnsPolicy {
  /** Everything. */
  SYNC,
  /** Nothing is deleted. */
  UPSERT_ONLY,
  /** Nothing is deleted or changed. */
  CREATE_ONLY
}
