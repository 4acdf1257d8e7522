package discreet.evaluate;

import discreet.evaluate.movielens.HoldoutProtocol;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** Provides MovieLens 1M from the test classpath, read once. */
public final class MovieLens {
    private MovieLens() {}

    /** Returns the protocol over the whole data set. */
    public static HoldoutProtocol protocol() {
        return Once.PROTOCOL;
    }

    /** Returns the archive that contains {@code datasets/movielens/ratings.dat}. */
    public static Path archive() {
        URL ratings = Objects.requireNonNull(
                MovieLens.class.getClassLoader().getResource("datasets/movielens/ratings.dat"),
                "cf4j is a test dependency");
        try {
            return Path.of(((JarURLConnection) ratings.openConnection())
                    .getJarFileURL()
                    .toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Once {
        static final HoldoutProtocol PROTOCOL = HoldoutProtocol.read(archive());
    }
}
