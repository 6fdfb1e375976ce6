package dev.retrospec.signatures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns a raw score into the share of such pairs that are the same failure: a table of points,
 * straight lines between them, never falling.
 *
 * <p>Fitted by isotonic regression with the pool-adjacent-violators algorithm (Ayer et al. 1955;
 * for calibration Zadrozny and Elkan, KDD 2002). Few judgements must not overthrow what many have
 * shown: every point of the shipped table stands in the fit as {@value #PRIOR_WEIGHT} judgements.
 */
public final class Calibration {

  /** Judgements that one point of the shipped table is worth. */
  static final double PRIOR_WEIGHT = 20;

  /** Raw score and probability, both rising; from bench/results/similarity.md. */
  private static final List<Point> SHIPPED =
      List.of(
          new Point(0.00, 0.00),
          new Point(0.35, 0.01),
          new Point(0.50, 0.10),
          new Point(0.62, 0.40),
          new Point(0.70, 0.85),
          new Point(0.85, 0.94),
          new Point(1.00, 0.99));

  private final List<Point> points;

  /** A point of the table. */
  public record Point(double raw, double probability) {}

  private record Pool(double raw, double same, double weight) {

    Pool with(Pool next) {
      double sum = weight + next.weight;
      return new Pool((raw * weight + next.raw * next.weight) / sum, same + next.same, sum);
    }

    double share() {
      return same / weight;
    }
  }

  private Calibration(List<Point> points) {
    this.points = points;
  }

  /** The one that comes with this version of the scorer. */
  public static Calibration shipped() {
    return new Calibration(SHIPPED);
  }

  /** The shipped one, moved by what was judged in a project. */
  public static Calibration fitted(List<Judged> judged) {
    List<Pool> pools = new ArrayList<>();
    for (Point point : SHIPPED) {
      pools.add(new Pool(point.raw(), point.probability() * PRIOR_WEIGHT, PRIOR_WEIGHT));
    }
    for (Judged pair : judged) {
      pools.add(new Pool(pair.raw(), pair.same() ? 1 : 0, 1));
    }
    return new Calibration(isotonic(pools));
  }

  /** The points, raw scores rising. */
  public List<Point> points() {
    return points;
  }

  /** Of a raw score; what lies outside of the table gets the nearest point's probability. */
  public double probability(double raw) {
    Point below = points.get(0);
    for (Point above : points) {
      if (raw <= above.raw()) {
        double width = above.raw() - below.raw();
        double part = width <= 0 ? 1 : Math.max(0, (raw - below.raw()) / width);
        return below.probability() + part * (above.probability() - below.probability());
      }
      below = above;
    }
    return below.probability();
  }

  /** Joins neighbours until the shares rise. */
  private static List<Point> isotonic(List<Pool> observed) {
    List<Pool> rising = new ArrayList<>();
    for (Pool pool : observed.stream().sorted(Comparator.comparingDouble(Pool::raw)).toList()) {
      Pool last = pool;
      while (!rising.isEmpty() && rising.get(rising.size() - 1).share() >= last.share()) {
        last = rising.remove(rising.size() - 1).with(last);
      }
      rising.add(last);
    }
    return rising.stream().map(pool -> new Point(pool.raw(), pool.share())).toList();
  }
}
