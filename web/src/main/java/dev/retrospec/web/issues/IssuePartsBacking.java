package dev.retrospec.web.issues;

import dev.retrospec.inspection.IssuePageView;
import dev.retrospec.issues.AliasKind;
import dev.retrospec.issues.ClusterAlias;
import dev.retrospec.issues.ConstraintKind;
import dev.retrospec.issues.IssueParts;
import dev.retrospec.issues.IssuePartsView;
import dev.retrospec.web.faces.Shell;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;

/** The part of an issue's page that says what it is made of. */
@Named("issueParts")
@RequestScoped
public class IssuePartsBacking {

  private final Shell shell;
  private final IssueBacking page;
  private final IssueParts parts;
  private @Nullable IssuePartsView view;

  @Inject
  public IssuePartsBacking(Shell shell, IssueBacking page, IssueParts parts) {
    this.shell = shell;
    this.page = page;
    this.parts = parts;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected IssuePartsBacking() {
    this(null, null, null);
  }

  /** Null while the page has no issue. */
  public @Nullable IssuePartsView getView() {
    IssuePageView issue = page.getView();
    if (view == null && issue != null) {
      view = parts.of(shell.getProject(), issue.issue().key());
    }
    return view;
  }

  /** Why a part is here, in words that its time follows. */
  public String why(ClusterAlias alias) {
    String by = alias.by() == null || alias.by().isBlank() ? "" : " by " + alias.by();
    return alias.kind() == AliasKind.HAND ? "Merged" + by : "Looked alike";
  }

  /** What somebody said, in words that the other issue follows. */
  public String says(IssuePartsView.Said said) {
    String by = said.constraint().by();
    return (by == null || by.isBlank() ? "Somebody" : by)
        + (isApart(said) ? " said it is not the same as" : " said it is the same as");
  }

  public boolean isApart(IssuePartsView.Said said) {
    return said.constraint().kind() == ConstraintKind.CANNOT_LINK;
  }
}
