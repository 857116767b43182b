package dev.penstock.schemas.aws;

import java.util.List;

/**
 * All record sets of one DNS name, ownership TXT included, in one hosted zone. Names end with a
 * dot, unescaped.
 */
public record RecordNameSpec(String zoneId, String name, List<RecordSet> recordSets)
    implements ResourceSpec {}
