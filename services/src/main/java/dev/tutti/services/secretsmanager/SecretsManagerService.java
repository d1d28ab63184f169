package dev.tutti.services.secretsmanager;

import dev.tutti.core.secrets.Secrets;
import dev.tutti.services.Operation;
import dev.tutti.services.Service;
import dev.tutti.services.connections.ConnectedWeb;
import dev.tutti.services.secrets.Vault;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * AWS Secrets Manager, as {@code secretsmanager}. Rotation and replicas are absent. The secrets of
 * EventBridge's connections can be read, and changed only by these.
 */
public final class SecretsManagerService implements Service {
  private final Map<String, Operation> operations;

  /**
   * The service.
   *
   * @param secrets by which states are read
   * @param web has the connections
   * @param vault seals the values
   * @param clock epoch milliseconds
   */
  public SecretsManagerService(Secrets secrets, ConnectedWeb web, Vault vault, LongSupplier clock) {
    ConnectionSecrets connections = new ConnectionSecrets(web);
    Named named = new Named(secrets, connections);
    ValueOperations values = new ValueOperations(named, connections, new Sealing(vault), clock);
    Map<String, Operation> all = new TreeMap<>();
    all.putAll(values.operations());
    all.putAll(new Listing(connections, values).operations());
    all.putAll(new SecretOperations(named, clock).operations());
    all.putAll(new Tagging(named).operations());
    all.putAll(new PolicyOperations(named).operations());
    all.put("GetRandomPassword", new RandomPassword());
    this.operations = Map.copyOf(all);
  }

  @Override
  public String name() {
    return "secretsmanager";
  }

  @Override
  public Map<String, Operation> operations() {
    return operations;
  }
}
