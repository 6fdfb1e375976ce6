package dev.retrospec.filter;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import jakarta.servlet.ServletRequest;

/**
 * Tells of each exception before Faces handles it: an ajax request that fails is answered with
 * status 200 and an error inside, so that no filter ever sees what was thrown.
 */
final class ReportingExceptionHandler extends ExceptionHandlerWrapper {

  ReportingExceptionHandler(ExceptionHandler wrapped) {
    super(wrapped);
  }

  @Override
  public void handle() {
    Object request = FacesContext.getCurrentInstance().getExternalContext().getRequest();
    if (request instanceof ServletRequest servlet) {
      Correlation correlation = Correlation.of(servlet);
      if (correlation != null) {
        for (ExceptionQueuedEvent event : getUnhandledExceptionQueuedEvents()) {
          correlation.report(causeOf(event.getContext().getException()));
        }
      }
    }
    getWrapped().handle();
  }

  /** What Faces and the expression language put around the exception says nothing more. */
  private Throwable causeOf(Throwable thrown) {
    Throwable root = getRootCause(thrown);
    return root == null ? thrown : root;
  }
}
