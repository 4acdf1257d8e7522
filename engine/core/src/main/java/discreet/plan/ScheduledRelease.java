package discreet.plan;

import java.time.LocalDate;

/**
 * Describes a training that is planned for a day.
 *
 * @param epsilon price of the training at the population's delta, above 0
 */
public record ScheduledRelease(LocalDate date, double epsilon) {}
