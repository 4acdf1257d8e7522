package discreet.spark.lists;

import discreet.model.Recommendation;
import java.util.List;

/**
 * Holds one user's id and list, while a task writes it.
 *
 * @param recommendations best first
 */
record UserList(String user, List<Recommendation> recommendations) {}
