package dev.penstock.schemas.table;

import dev.penstock.schemas.settings.ScopeSettings;

/** The scope's settings and the version of the deciding code. */
public record SettingsRow(ScopeSettings settings, String decisions) implements Row {}
