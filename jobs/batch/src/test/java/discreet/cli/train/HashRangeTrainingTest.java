package discreet.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import discreet.cli.Run;
import discreet.cli.Service;
import discreet.cli.shared.SecuredSession;
import discreet.history.HashRangeFile;
import discreet.history.RatingColumns;
import discreet.ledger.ReleaseStatus;
import discreet.privacy.HashRange;
import discreet.spark.DiscreetRecommender;
import discreet.spark.ratings.RatingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashRangeTrainingTest {
    @TempDir
    private Path folder;

    /** The estimator charges the same users as the command line if it is given their hash range. */
    @Test
    void fit_partOfASplit_reservesTheTextOfTheCommandLine() {
        Service service = Service.in(folder);
        String part = service.path("parts/train");
        Run.of("split", "--ratings", service.ratings(), "--output", service.path("parts"))
                .succeeds();
        Run.of(service.train("--ratings", part, "--release", "command")).succeeds();
        HashRange users = Objects.requireNonNull(HashRangeFile.find(part));

        try (SecuredSession secured = SecuredSession.start("train", new PrintWriter(new StringWriter()))) {
            SparkSession spark = secured.session();
            new DiscreetRecommender()
                    .setLedger(service.ledger())
                    .setPopulation(Service.POPULATION)
                    .setReleaseId("estimator")
                    .setItems(service.items())
                    .setEpsilon(1)
                    .setAtLeastPeople(0)
                    .setUserHashRange(users)
                    .fit(RatingsReader.open(spark, part, RatingColumns.DEFAULT));
        }

        List<ReleaseStatus> releases = service.population().releases();
        assertThat(releases).extracting(ReleaseStatus::releaseId).containsExactly("command", "estimator");
        assertThat(releases).extracting(ReleaseStatus::hashRange).containsOnly(users);
        assertThat(releases.get(1).parameters()).isEqualTo(releases.get(0).parameters());
        assertThat(releases.get(1).charged()).isEqualTo(releases.get(0).charged());
    }
}
