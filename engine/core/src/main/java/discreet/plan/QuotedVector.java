package discreet.plan;

/**
 * A vector as a quote lists it.
 *
 * @param label its name for readers
 * @param vector its price, sensitivity and noise
 * @param values how many numbers it has; each takes a draw
 */
public record QuotedVector(String label, VectorPlan vector, long values) {}
