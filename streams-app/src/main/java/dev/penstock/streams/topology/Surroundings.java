package dev.penstock.streams.topology;

import dev.penstock.streams.ScopePartitions;
import dev.penstock.streams.TakeBack;

/** What the tasks of this instance are told beside the records, and whom they tell. */
record Surroundings(
    ScopePartitions partitions, LogEnds ends, TakeBack takeBack, ReconcileProcessor.Watch watch) {}
