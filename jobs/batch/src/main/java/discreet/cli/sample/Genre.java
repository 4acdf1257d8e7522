package discreet.cli.sample;

/**
 * Describes a genre by its relative frequency and its position on four axes, from calm to tense, from
 * down-to-earth to wondrous, from cool to tender and from light to grave. Titles are points around the
 * positions of their genres. Nearby genres occur together on a title, and users who like one tend to like the
 * other.
 */
enum Genre {
    ACTION("Action", 9, 1.2, .3, -.8, -.3),
    ADVENTURE("Adventure", 6, .5, 1.0, -.1, -.4),
    ANIMATION("Animation", 4, -.6, 1.2, .5, -.8),
    CHILDREN("Children", 4, -1.1, 1.1, .8, -1.1),
    COMEDY("Comedy", 17, -1.0, -.3, .4, -1.0),
    CRIME("Crime", 6, 1.0, -.9, -.7, .5),
    DOCUMENTARY("Documentary", 5, -.6, -.8, -.3, 1.4),
    DRAMA("Drama", 20, -.1, -.7, .6, 1.0),
    FANTASY("Fantasy", 4, .1, 1.6, .3, -.2),
    FILM_NOIR("Film-Noir", 2, .9, -.8, -.2, .9),
    HORROR("Horror", 6, 1.5, .5, -.9, .0),
    MUSICAL("Musical", 3, -1.0, .4, 1.1, -.5),
    MYSTERY("Mystery", 4, .9, .1, -.1, .6),
    ROMANCE("Romance", 8, -.7, -.4, 1.5, .1),
    SCIENCE_FICTION("Sci-Fi", 6, .7, 1.4, -.7, .2),
    THRILLER("Thriller", 9, 1.4, -.2, -.5, .3),
    WAR("War", 3, .8, -.7, -.3, 1.2),
    WESTERN("Western", 2, .5, -.4, -.6, .1);

    static final int AXES = 4;

    final String label;
    final double share;
    private final double[] centre;

    Genre(String label, double share, double... centre) {
        this.label = label;
        this.share = share;
        this.centre = centre;
    }

    double centre(int axis) {
        return centre[axis];
    }

    /**
     * Returns the squared distance from this genre to a point, whose first {@link #AXES} coordinates count.
     */
    double squaredDistance(double[] point) {
        double sum = 0;
        for (int axis = 0; axis < AXES; axis++) {
            sum += (point[axis] - centre[axis]) * (point[axis] - centre[axis]);
        }
        return sum;
    }
}
