package dev.retrospec.bench.ceiling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@link CeilingServlet} in the running server, until this is closed. */
public final class CeilingDeployment implements AutoCloseable {

  /** Where it answers. */
  public static final String CONTEXT = "/bench-ceiling";

  private static final String NAME = "bench-ceiling.war";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI management;
  private final Authenticator login;

  private CeilingDeployment(URI management, Authenticator login) {
    this.management = management;
    this.login = login;
  }

  /**
   * Deploys it through the management API.
   *
   * @throws IOException when the server refuses
   */
  public static CeilingDeployment deploy(URI management, String user, String password)
      throws IOException {
    CeilingDeployment deployment =
        new CeilingDeployment(
            management.resolve("/management"),
            new Authenticator() {
              @Override
              protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password.toCharArray());
              }
            });
    // A run that was killed left it there.
    deployment.operate("remove", false);
    Path war = Files.createTempFile("bench-ceiling", ".war");
    try {
      CeilingWar.write(war);
      deployment.add(war);
    } finally {
      Files.delete(war);
    }
    return deployment;
  }

  private void add(Path war) throws IOException {
    ObjectNode operation = operation("add");
    operation.putArray("content").addObject().put("url", war.toUri().toString());
    operation.put("enabled", true);
    send(operation, true);
  }

  @Override
  public void close() throws IOException {
    operate("undeploy", true);
    operate("remove", true);
  }

  private void operate(String name, boolean mustSucceed) throws IOException {
    send(operation(name), mustSucceed);
  }

  private static ObjectNode operation(String name) {
    ObjectNode operation = JSON.createObjectNode().put("operation", name);
    operation.putArray("address").addObject().put("deployment", NAME);
    return operation;
  }

  /** HttpURLConnection, because java.net.http knows no digest. */
  private void send(ObjectNode operation, boolean mustSucceed) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) management.toURL().openConnection();
    connection.setAuthenticator(login);
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setDoOutput(true);
    connection.getOutputStream().write(JSON.writeValueAsBytes(operation));
    boolean succeeded = connection.getResponseCode() == 200;
    try (InputStream answer =
        succeeded ? connection.getInputStream() : connection.getErrorStream()) {
      JsonNode told = answer == null ? JSON.nullNode() : JSON.readTree(answer);
      if (!succeeded && mustSucceed) {
        throw new IOException(
            "The server refused to " + operation.path("operation").asText() + ": " + told);
      }
    }
  }
}
