package dev.retrospec.shop;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers what is on stock, and fails for what it does not know. */
@WebServlet(urlPatterns = "/stock", asyncSupported = true)
public class StockServlet extends HttpServlet {

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if ("later".equals(request.getParameter("item"))
        && request.getDispatcherType() == DispatcherType.REQUEST) {
      request.startAsync().dispatch("/stock?item=unknown");
      return;
    }
    if ("unknown".equals(request.getParameter("item"))) {
      throw new ServletException(new IllegalArgumentException("no such item"));
    }
    response.getWriter().print("12 on stock");
  }
}
