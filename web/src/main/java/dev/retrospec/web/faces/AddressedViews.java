package dev.retrospec.web.faces;

import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;

/** Sends a page's forms to the address that the reader sees, with all that it names. */
public class AddressedViews extends ViewHandlerWrapper {

  public AddressedViews(ViewHandler wrapped) {
    super(wrapped);
  }

  @Override
  public String getActionURL(FacesContext faces, String viewId) {
    HttpServletRequest request = (HttpServletRequest) faces.getExternalContext().getRequest();
    Object address = request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI);
    boolean isThisPage =
        faces.getViewRoot() != null && viewId.equals(faces.getViewRoot().getViewId());
    if (address == null || !isThisPage) {
      return getWrapped().getActionURL(faces, viewId);
    }
    Object query = request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING);
    return query == null ? address.toString() : address + "?" + query;
  }
}
