package discreet.plan;

/**
 * Holds a vector as a quote lists it.
 *
 * @param label its name for readers
 * @param vector its price, sensitivity and noise
 * @param values how many numbers it has. Each takes a draw
 */
public record QuotedVector(String label, VectorPlan vector, long values) {}
