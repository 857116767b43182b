package dev.penstock.sandbox.simulation.machines;

import dev.penstock.sandbox.aws.AwsSimulator;
import dev.penstock.sandbox.simulation.engine.Baton;
import dev.penstock.sandbox.simulation.engine.Chance;
import dev.penstock.sandbox.simulation.engine.Delays;
import dev.penstock.sandbox.simulation.engine.Observer;
import dev.penstock.sandbox.simulation.log.Broker;
import java.util.List;

/** What machines stand in: time, chance, the log, AWS, the clusters, and who looks on. */
public record Surroundings(
    Baton baton,
    Chance chance,
    Delays delays,
    Broker broker,
    AwsSimulator aws,
    List<ClusterSite> sites,
    Observer observer) {}
