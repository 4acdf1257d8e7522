package discreet.spark.lists;

import discreet.model.Recommendation;
import java.util.List;

/**
 * A user's recommendations, kept until they are handed to that user.
 *
 * @param recommendations best first
 */
record UserList(String user, List<Recommendation> recommendations) {}
