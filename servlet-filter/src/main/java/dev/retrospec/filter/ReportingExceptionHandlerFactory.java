package dev.retrospec.filter;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;

/** Lets RetroSpec see what Faces handles by itself. */
public final class ReportingExceptionHandlerFactory extends ExceptionHandlerFactory {

  public ReportingExceptionHandlerFactory(ExceptionHandlerFactory wrapped) {
    super(wrapped);
  }

  @Override
  public ExceptionHandler getExceptionHandler() {
    return new ReportingExceptionHandler(getWrapped().getExceptionHandler());
  }
}
