package io.discreet.recommend;

import io.discreet.model.Recommendation;
import java.util.List;

/**
 * One person's list, on its way to that person.
 *
 * @param places best first
 */
record PersonList(String user, List<Recommendation> places) {}
