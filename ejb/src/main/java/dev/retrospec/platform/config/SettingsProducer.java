package dev.retrospec.platform.config;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Makes {@link Settings} injectable from MicroProfile Config: system properties before environment.
 */
@Dependent
public class SettingsProducer {

  @Produces
  @Dependent
  Settings settings() {
    var config = ConfigProvider.getConfig();
    return Settings.of(name -> config.getOptionalValue(name, String.class));
  }
}
