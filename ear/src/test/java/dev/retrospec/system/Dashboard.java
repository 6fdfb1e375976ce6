package dev.retrospec.system;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.sql.SQLException;
import java.util.UUID;

/** The dashboard of a project of the test's own, with people who may look at it. */
final class Dashboard {

  private static final String PASSWORD = "open sesame";
  private static final String HASH = "$2a$04$eDNKeq4gq/TKz6T3KKYM8e72dMGDOhBZtrpNhBdKwL11yUZM07iGy";

  private final RetroSpec retroSpec;
  private final String project = "proj_" + UUID.randomUUID();

  private Dashboard(RetroSpec retroSpec) {
    this.retroSpec = retroSpec;
  }

  /** A tea shop with every failure of {@link StoredShop}, a viewer and a developer. */
  static Dashboard withAWeekOfVisits(RetroSpec running) throws SQLException {
    Dashboard dashboard = new Dashboard(running);
    try (StoredShop shop = dashboard.shop()) {
      shop.withProject("Tea shop")
          .withAWeekOfVisits()
          .withUser(dashboard.viewer(), HASH, "viewer")
          .withUser(dashboard.developer(), HASH, "developer");
    }
    return dashboard;
  }

  String project() {
    return project;
  }

  String viewer() {
    return "viewer-" + project;
  }

  String developer() {
    return "developer-" + project;
  }

  StoredShop shop() throws SQLException {
    return shop(project);
  }

  /** The rows of another project. */
  StoredShop shop(String id) throws SQLException {
    return new StoredShop(retroSpec.export("DATABASE_URL"), id);
  }

  /** An address that names no project. */
  String url(String path) {
    return retroSpec.url(path).toString();
  }

  /** The address of a page of this project. */
  String address(String path) {
    return url(path + (path.contains("?") ? "&" : "?") + "project=" + project);
  }

  /** Opens a page as a visitor who has to sign in first. */
  void open(Page page, String user, String path) {
    page.navigate(address(path));
    signIn(page, user);
  }

  void signIn(Page page, String user) {
    signIn(page, user, PASSWORD);
  }

  void signInAsAdministrator(Page page) {
    signIn(page, retroSpec.export("RETROSPEC_USER"), retroSpec.export("RETROSPEC_PASSWORD"));
  }

  static void signIn(Page page, String user, String password) {
    page.getByLabel("User name").fill(user);
    page.getByLabel("Password").fill(password);
    button(page, "Sign in").click();
  }

  static Locator heading(Page page, String text) {
    return page.getByRole(AriaRole.HEADING, named(text));
  }

  static Locator button(Page page, String text) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(text).setExact(true));
  }

  static Page.GetByRoleOptions named(String text) {
    return new Page.GetByRoleOptions().setName(text);
  }

  /** The row of an issue in the list. */
  static Locator issue(Page page, String symptom) {
    return page.locator(".issue", new Page.LocatorOptions().setHasText(symptom));
  }

  static Locator tab(Page page, String name) {
    return page.locator(".tabs a", new Page.LocatorOptions().setHasText(name));
  }
}
