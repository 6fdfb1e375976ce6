package dev.retrospec.web.tickets;

import dev.retrospec.tickets.TrackerKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** How each tracker calls what it has to be told, and where one finds it there. */
@Named("trackerSays")
@ApplicationScoped
public class TrackerWording {

  public String place(TrackerKind kind) {
    return switch (kind) {
      case GITHUB -> "Repository";
      case GITLAB -> "Project";
      case JIRA -> "Project’s key";
      case LINEAR -> "Team’s id";
    };
  }

  public String placeExample(TrackerKind kind) {
    return switch (kind) {
      case GITHUB -> "owner/repository";
      case GITLAB -> "group/project";
      case JIRA -> "SHOP";
      case LINEAR -> "9cfb482a-81e3-4154-b5b9-2c805e70a02d";
    };
  }

  public String server(TrackerKind kind) {
    return switch (kind) {
      case GITHUB -> "Only for GitHub Enterprise: the address of its API.";
      case GITLAB -> "Only for a GitLab of your own.";
      case JIRA -> "Your site’s address.";
      case LINEAR -> "Leave it empty.";
    };
  }

  public String serverExample(TrackerKind kind) {
    return switch (kind) {
      case GITHUB -> "https://api.github.com";
      case GITLAB -> "https://gitlab.com";
      case JIRA -> "https://acme.atlassian.net";
      case LINEAR -> "https://api.linear.app";
    };
  }

  public String token(TrackerKind kind) {
    return switch (kind) {
      case GITHUB -> "A fine-grained token of that repository with Issues: read and write.";
      case GITLAB -> "A project access token with the scope api and the role Reporter.";
      case JIRA -> "An API token of the account above.";
      case LINEAR -> "A personal API key that may read and write.";
    };
  }

  /** What its webhook has to be set to. */
  public String webhook(TrackerKind kind) {
    return switch (kind) {
      case GITHUB -> "Content type application/json, event Issues.";
      case GITLAB -> "Trigger Issues events; the secret is its token.";
      case JIRA -> "Event Issue updated, with the secret.";
      case LINEAR -> "Resource Issues; give the secret here that Linear shows.";
    };
  }
}
