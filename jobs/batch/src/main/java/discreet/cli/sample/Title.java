package discreet.cli.sample;

import java.util.List;

/**
 * A title of the catalogue.
 *
 * @param name without its year
 * @param place its point in the space of tastes, about one unit of spread in every direction
 * @param weight how often it is watched, before anybody's taste; any scale
 * @param quality how well it is rated, mean 0 and spread 1 over the catalogue
 * @param series number shared by a title and what continues it
 */
record Title(
        String id,
        String name,
        int year,
        List<Genre> genres,
        double[] place,
        double weight,
        double quality,
        int series) {
    /** Name and year, as in items.csv. */
    String label() {
        return name + " (" + year + ")";
    }
}
