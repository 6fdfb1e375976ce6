package dev.retrospec.web.faces;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.Flash;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What a change led to, told once on the page that comes after it. Every change ends with a
 * redirect, so that loading the page again repeats nothing.
 */
@Named
@RequestScoped
public class Notices {

  private static final String DONE = "notice.done";
  private static final String PROBLEM = "notice.problem";
  private static final String UNDO = "notice.undo";

  private final FacesContext faces;

  @Inject
  public Notices(FacesContext faces) {
    this.faces = faces;
  }

  @SuppressWarnings("NullAway") // for the container's proxy only
  protected Notices() {
    this.faces = null;
  }

  public @Nullable String getDone() {
    return (String) flash().get(DONE);
  }

  public @Nullable String getProblem() {
    return (String) flash().get(PROBLEM);
  }

  /** What the page's form has to send to take the change back; null when it cannot. */
  public @Nullable String getUndo() {
    return (String) flash().get(UNDO);
  }

  public void done(String text) {
    flash().put(DONE, text);
  }

  public void done(String text, String undo) {
    done(text);
    flash().put(UNDO, undo);
  }

  public void problem(String text) {
    flash().put(PROBLEM, text);
  }

  /** Something to show once, such as a new key. */
  public void hand(String name, Object value) {
    flash().put(name, value);
  }

  public @Nullable Object handed(String name) {
    return flash().get(name);
  }

  public void goTo(String address) {
    try {
      external().redirect(address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void notFound() {
    answer(HttpServletResponse.SC_NOT_FOUND);
  }

  public void forbidden() {
    answer(HttpServletResponse.SC_FORBIDDEN);
  }

  /** Too much is asked at the moment. */
  public void busy() {
    answer(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }

  private void answer(int status) {
    try {
      external().responseSendError(status, null);
      faces.responseComplete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Flash flash() {
    return external().getFlash();
  }

  private ExternalContext external() {
    return faces.getExternalContext();
  }
}
