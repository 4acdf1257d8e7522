package discreet.spark.lists;

import discreet.model.Recommendation;
import java.util.List;

/**
 * One person's list, on its way to that person.
 *
 * @param places best first
 */
record UserList(String user, List<Recommendation> places) {}
