package dev.penstock.schemas.table;

/** A row of one of the reconciler's tables; the table's name and the row's key say which. */
public sealed interface Row
    permits ClusterRow,
        ObjectRow,
        ReferenceRow,
        MemberRow,
        BindingRow,
        TargetRow,
        DesiredRow,
        ObservedRow,
        OpenRow,
        OpenKubernetesRow,
        VerdictRow,
        InventoryRow,
        ClaimRow,
        HoldRow,
        TimerRow,
        DirtyRow,
        SettingsRow,
        PauseRow,
        StackRow,
        TenureRow,
        ScanRow,
        CheckpointRow,
        ChainRow {}
