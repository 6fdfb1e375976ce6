package dev.retrospec.web.snapshots;

import dev.retrospec.ids.ProjectId;
import dev.retrospec.snapshots.SnapshotAddresses;
import dev.retrospec.web.faces.Notices;
import dev.retrospec.web.faces.ProjectForm;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;

/** The part of a project's page that says where its snapshots may go. */
@Named
@RequestScoped
public class AddressListBacking {

  private final ProjectForm form;
  private final SnapshotAddresses addresses;
  private final Notices notices;

  @Inject
  public AddressListBacking(ProjectForm form, SnapshotAddresses addresses, Notices notices) {
    this.form = form;
    this.addresses = addresses;
    this.notices = notices;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected AddressListBacking() {
    this.form = null;
    this.addresses = null;
    this.notices = null;
  }

  /** The project's own entries. */
  public List<String> getEntries() {
    return form.project().map(addresses::of).orElse(List.of());
  }

  /** One entry per line, as the form shows and sends them. */
  public String getText() {
    return String.join("\n", getEntries());
  }

  public void change() {
    form.submit(this::replace);
  }

  private void replace(ProjectId project) {
    addresses.replace(
        project,
        Arrays.stream(form.sent("addresses").split("[\\s,]+"))
            .filter(entry -> !entry.isEmpty())
            .toList());
    notices.done("The list is saved. It holds from the next snapshot on.");
  }
}
