package dev.retrospec.testing;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Plays the container's event bus for one type: keeps what was fired and hands it to observers. */
public final class RecordedEvents<T> implements Event<T> {

  private final List<T> fired = new ArrayList<>();
  private final List<Consumer<? super T>> observers = new ArrayList<>();

  /** An observer sees the events that are fired from now on, at once. */
  public RecordedEvents<T> observedBy(Consumer<? super T> observer) {
    observers.add(observer);
    return this;
  }

  /** In the order they were fired. */
  public synchronized List<T> fired() {
    return List.copyOf(fired);
  }

  @Override
  public void fire(T event) {
    synchronized (this) {
      fired.add(event);
    }
    observers.forEach(observer -> observer.accept(event));
  }

  @Override
  public <U extends T> CompletionStage<U> fireAsync(U event) {
    fire(event);
    return CompletableFuture.completedFuture(event);
  }

  @Override
  public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
    return fireAsync(event);
  }

  @Override
  public Event<T> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException("One bus, one type");
  }

  @Override
  public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException("One bus, one type");
  }

  @Override
  public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException("One bus, one type");
  }
}
