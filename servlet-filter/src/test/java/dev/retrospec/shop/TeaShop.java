package dev.retrospec.shop;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Behind the page of PrimeFaces. */
@Named
@ViewScoped
public class TeaShop implements Serializable {

  private static final long serialVersionUID = 1L;

  // The table sorts it in place.
  private final ArrayList<Tea> teas =
      new ArrayList<>(
          List.of(
              new Tea("Rooibos", 310),
              new Tea("Assam", 420),
              new Tea("Sencha", 560),
              new Tea("Darjeeling", 490),
              new Tea("Oolong", 720)));
  private String name = "";
  private String how = "post";
  // Long ago, so that today does not stand out in what the date picker shows.
  private LocalDate day = LocalDate.of(2020, 3, 10);

  public List<Tea> getTeas() {
    return teas;
  }

  public void send() {
    String told = "%s gets it on %s by %s".formatted(name, day, how);
    FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(told));
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getHow() {
    return how;
  }

  public void setHow(String how) {
    this.how = how;
  }

  public LocalDate getDay() {
    return day;
  }

  public void setDay(LocalDate day) {
    this.day = day;
  }
}
