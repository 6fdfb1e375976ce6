package dev.retrospec.testing;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plays the container's JTA datasource: within a transaction every connection of the thread is the
 * same one, and neither closing nor committing it by hand means anything.
 */
final class ThreadBoundDataSource implements DataSource {

  private static final Set<String> CONTAINER_DOES =
      Set.of("close", "commit", "rollback", "setAutoCommit");

  private final DataSource database;
  private final ThreadLocal<@Nullable Connection> bound = new ThreadLocal<>();

  ThreadBoundDataSource(DataSource database) {
    this.database = database;
  }

  interface Work<T> {
    T run() throws Exception;
  }

  <T> T inTransaction(Work<T> work) {
    if (bound.get() != null) {
      throw new IllegalStateException("This thread is in a transaction already");
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      bound.set(connection);
      try {
        T result = work.run();
        connection.commit();
        return result;
      } catch (Throwable e) {
        connection.rollback();
        throw e;
      } finally {
        bound.remove();
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = bound.get();
    return connection == null ? database.getConnection() : shared(connection);
  }

  private static Connection shared(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (CONTAINER_DOES.contains(method.getName())) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
