package discreet.spark.lists;

import discreet.model.Recommendation;
import java.util.List;

/**
 * Pairs a user's id with the user's list while a task writes it.
 *
 * @param recommendations best first
 */
record UserList(String user, List<Recommendation> recommendations) {}
