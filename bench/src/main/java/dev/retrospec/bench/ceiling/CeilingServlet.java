package dev.retrospec.bench.ceiling;

import dev.retrospec.bench.BareCopy;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers a chunk as RetroSpec does, after {@link BareCopy} has had it. */
@WebServlet("/*")
public class CeilingServlet extends HttpServlet {

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    BareCopy.copy(request.getInputStream());
    response.setStatus(HttpServletResponse.SC_ACCEPTED);
    response.setContentType("application/json");
    response.getOutputStream().print("{\"accepted\":0}");
  }
}
