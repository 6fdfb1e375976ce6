package dev.retrospec.web.snapshots;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.platform.failure.Failure;
import dev.retrospec.snapshots.SnapshotAddresses;
import dev.retrospec.web.faces.Filters;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The part of a project's page that says where its snapshots may go. */
@Named
@RequestScoped
public class AddressListBacking {

  private final Shell shell;
  private final SnapshotAddresses addresses;
  private final Notices notices;

  @Inject
  public AddressListBacking(Shell shell, SnapshotAddresses addresses, Notices notices) {
    this.shell = shell;
    this.addresses = addresses;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected AddressListBacking() {
    this.shell = null;
    this.addresses = null;
    this.notices = null;
  }

  /** The project's own entries. */
  public List<String> getEntries() {
    return shell.item(ProjectId::new).map(addresses::of).orElse(List.of());
  }

  /** One entry per line, as the form shows and sends them. */
  public String getText() {
    return String.join("\n", getEntries());
  }

  public void change() {
    Optional<ProjectId> project = shell.item(ProjectId::new);
    if (!shell.isMayAdminister()) {
      notices.forbidden();
    } else if (project.isEmpty()) {
      notices.notFound();
    } else {
      replace(project.get());
      notices.goTo(new Filters("/admin/projects/" + project.get(), project.get()).here());
    }
  }

  private void replace(ProjectId project) {
    try {
      addresses.replace(
          project,
          Arrays.stream(shell.sent("addresses").split("[\\s,]+"))
              .filter(entry -> !entry.isEmpty())
              .toList());
      notices.done("The list is saved. It holds from the next snapshot on.");
    } catch (Failure refused) {
      notices.problem("Nothing was changed: " + refused.getMessage() + ".");
    }
  }
}
