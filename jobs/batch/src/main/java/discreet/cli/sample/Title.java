package discreet.cli.sample;

import java.util.List;

/**
 * Describes a title of the catalogue.
 *
 * @param name without the year
 * @param place position in the space of tastes, with a spread of about one unit in every direction
 * @param weight relative popularity before users' tastes, on any scale
 * @param quality mean rating in standard units, with mean 0 and spread 1 over the catalogue
 * @param series number shared by the parts of a series
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
    /** Returns the name and the year, as in items.csv. */
    String label() {
        return name + " (" + year + ")";
    }
}
