package discreet.cli.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Makes the catalogue of the invented service, with titles in the order of their ids. It does not change
 * after the service opens.
 */
final class Shelf {
    /** Genre axes, the era, and seven directions of taste that are independent of genre. */
    static final int DIMENSIONS = Genre.AXES + 8;

    static final int ERA = Genre.AXES;

    private static final int FIRST_YEAR = 1931;
    private static final int LAST_YEAR = 2018;
    private static final double MEAN_AGE_YEARS = 17;
    private static final double GENRE_SPREAD = .55;
    private static final double GENRE_REACH = .65;
    private static final double[] GENRES_PER_TITLE = {.36, .42, .22};
    private static final double SERIES_SHARE = .1;
    private static final int LONGEST_SERIES = 4;

    /**
     * Popularity by the law of Zipf and Mandelbrot. The weight of rank r is (r + offset) ^ -EXPONENT, and the
     * offset is OFFSET_TITLES plus OFFSET_SHARE of the catalogue's size.
     */
    private static final double EXPONENT = 1.2;

    private static final double OFFSET_SHARE = .004;
    private static final double OFFSET_TITLES = 18;

    private final List<Title> titles;
    private final int[][] series;

    private Shelf(List<Title> titles) {
        this.titles = titles;
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            if (titles.get(i).series() == members.size()) {
                members.add(new ArrayList<>());
            }
            members.get(titles.get(i).series()).add(i);
        }
        series = members.stream()
                .map(part -> part.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    static Shelf of(int size, long seed) {
        Draws draws = Draws.of(seed, Draws.Purpose.TITLES, 0);
        TitleNames names = new TitleNames();
        List<Draft> drafts = new ArrayList<>(size);
        for (int series = 0; drafts.size() < size; series++) {
            Draft first = Draft.original(series, names, draws);
            drafts.add(first);
            int parts = draws.happens(SERIES_SHARE) ? 2 + draws.below(LONGEST_SERIES - 1) : 1;
            int year = first.year;
            for (int part = 2; part <= parts && drafts.size() < size; part++) {
                year += 1 + draws.below(4);
                if (year > LAST_YEAR) {
                    break;
                }
                drafts.add(first.continued(part, year, names, draws));
            }
        }
        double[] weights = weightsByRank(drafts);
        String format = "t%0" + Math.max(4, Integer.toString(size).length()) + "d";
        List<Title> titles = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Draft draft = drafts.get(i);
            String id = String.format(Locale.ROOT, format, i + 1);
            double quality = .45 * draft.appeal + .89 * draft.craft;
            titles.add(new Title(
                    id, draft.name, draft.year, draft.genres, draft.place, weights[i], quality, draft.series));
        }
        return new Shelf(List.copyOf(titles));
    }

    int size() {
        return titles.size();
    }

    Title title(int index) {
        return titles.get(index);
    }

    /** Returns the titles of a title's series, including itself, in the order of their parts. */
    int[] series(int index) {
        return series[titles.get(index).series()];
    }

    private static double[] weightsByRank(List<Draft> drafts) {
        int n = drafts.size();
        int[] byAppeal = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -drafts.get(i).appeal))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] weights = new double[n];
        for (int rank = 0; rank < n; rank++) {
            weights[byAppeal[rank]] = StrictMath.pow(rank + 1 + OFFSET_TITLES + OFFSET_SHARE * n, -EXPONENT);
        }
        return weights;
    }

    /** Describes a title before its popularity rank is known. */
    private record Draft(
            String name, int year, List<Genre> genres, double[] place, double appeal, double craft, int series) {

        static Draft original(int series, TitleNames names, Draws draws) {
            int year = Math.max(FIRST_YEAR, LAST_YEAR - (int) (MEAN_AGE_YEARS * draws.exponential()));
            Genre main = mainGenre(draws);
            double[] place = new double[DIMENSIONS];
            for (int axis = 0; axis < DIMENSIONS; axis++) {
                place[axis] = axis < Genre.AXES ? main.centre(axis) + GENRE_SPREAD * draws.normal() : draws.normal();
            }
            place[ERA] = era(year);
            List<Genre> genres = genres(main, place, draws);
            double appeal = .97 * draws.normal() + .25 * place[ERA];
            return new Draft(names.invent(main, year, draws), year, genres, place, appeal, draws.normal(), series);
        }

        Draft continued(int part, int laterYear, TitleNames names, Draws draws) {
            double[] near = place.clone();
            for (int axis = 0; axis < DIMENSIONS; axis++) {
                near[axis] += .25 * draws.normal();
            }
            near[ERA] = era(laterYear);
            return new Draft(
                    names.continuation(name, part, laterYear),
                    laterYear,
                    genres,
                    near,
                    appeal - .15 + .3 * draws.normal(),
                    craft - .25 + .5 * draws.normal(),
                    series);
        }

        private static double era(int year) {
            return (year - (LAST_YEAR - MEAN_AGE_YEARS)) / MEAN_AGE_YEARS;
        }

        private static Genre mainGenre(Draws draws) {
            Genre[] all = Genre.values();
            return all[pick(Arrays.stream(all).mapToDouble(genre -> genre.share).toArray(), draws)];
        }

        private static List<Genre> genres(Genre main, double[] place, Draws draws) {
            Genre[] all = Genre.values();
            List<Genre> chosen = new ArrayList<>(List.of(main));
            int count = 1 + pick(GENRES_PER_TITLE, draws);
            while (chosen.size() < count) {
                double[] weights = new double[all.length];
                for (Genre genre : all) {
                    double distance = genre.squaredDistance(place) / (2 * GENRE_REACH * GENRE_REACH);
                    weights[genre.ordinal()] = chosen.contains(genre) ? 0 : genre.share * StrictMath.exp(-distance);
                }
                chosen.add(all[pick(weights, draws)]);
            }
            return chosen.stream().sorted().toList();
        }

        private static int pick(double[] weights, Draws draws) {
            double sum = 0;
            for (double weight : weights) {
                sum += weight;
            }
            double point = draws.unit() * sum;
            int index = 0;
            while (index < weights.length - 1 && point >= weights[index]) {
                point -= weights[index++];
            }
            return index;
        }
    }
}
