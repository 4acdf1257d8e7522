package discreet.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SecuredSessionTest {
    private static SparkConf given(String... settings) {
        SparkConf conf = new SparkConf(false);
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(settings[i], settings[i + 1]);
        }
        return SecuredSession.configured(conf, "test");
    }

    @Test
    void configured_nothingGiven_staysOnThisMachineAndEncrypts() {
        SparkConf conf = given();

        assertThat(conf.get("spark.master")).isEqualTo("local[*]");
        assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
        assertThat(conf.get("spark.io.encryption.enabled")).isEqualTo("true");
        assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
        assertThat(conf.get("spark.eventLog.enabled")).isEqualTo("false");
        assertThat(conf.get("spark.driver.maxResultSize")).as("no limit").isEqualTo("0");
        assertThat(SecuredSession.missing(conf)).isEmpty();
    }

    @Test
    void configured_byOperator_staysAsItIs() {
        SparkConf conf = given("spark.master", "yarn", "spark.ui.enabled", "true");

        assertThat(conf.get("spark.master")).isEqualTo("yarn");
        assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
        assertThat(conf.contains("spark.driver.bindAddress")).isFalse();
    }

    @Test
    void missing_clusterInClear_isRemarked() {
        assertThat(SecuredSession.missing(given("spark.master", "spark://host:7077")))
                .contains("spark.authenticate=true");
        assertThat(SecuredSession.missing(given(
                        "spark.master",
                        "spark://host:7077",
                        "spark.authenticate",
                        "true",
                        "spark.authenticate.secret",
                        "s",
                        "spark.network.crypto.enabled",
                        "true")))
                .isEmpty();
    }

    @Test
    void missing_encryptionWithoutAuthentication_isRefused() {
        SparkConf conf = given("spark.master", "spark://host:7077", "spark.network.crypto.enabled", "true");

        assertThatThrownBy(() -> SecuredSession.missing(conf))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("spark.authenticate=true");
    }

    @Test
    void missing_authenticationWithoutSecret_isRefusedOnAStandaloneClusterAlone() {
        String[] settings = {
            "spark.authenticate", "true", "spark.network.crypto.enabled", "true", "spark.master", "yarn"
        };
        assertThat(SecuredSession.missing(given(settings)))
                .as("YARN makes its own")
                .isEmpty();

        settings[5] = "spark://host:7077";
        SparkConf conf = given(settings);

        assertThatThrownBy(() -> SecuredSession.missing(conf))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("spark.authenticate.secret");
        assertThatThrownBy(() -> SecuredSession.missing(conf.clone().set("spark.authenticate.secret.file", "f")))
                .as("files are for Kubernetes")
                .isInstanceOf(InputException.class);
        assertThat(SecuredSession.missing(conf.clone().set("spark.authenticate.secret", "s")))
                .isEmpty();
    }

    @Test
    void requireClient_driverSomewhereOnTheCluster_isRefused() {
        SparkConf conf = given("spark.master", "spark://host:7077", "spark.submit.deployMode", "cluster");

        assertThatThrownBy(() -> SecuredSession.requireClient(conf))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--deploy-mode client");
        SecuredSession.requireClient(conf.set("spark.submit.deployMode", "client"));
        SecuredSession.requireClient(given());
    }

    /** Spark makes these folders with the permissions that the account gives by default. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void start_any_closesTheFoldersOfShuffleFiles() throws IOException {
        try (SecuredSession secured = SecuredSession.start("test", new PrintWriter(new StringWriter()))) {
            secured.session().range(100).repartition(3).count();
            File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();

            assertThat(folders).isNotEmpty();
            for (File folder : folders) {
                assertThat(folder).isNotEmptyDirectory();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.toPath())))
                        .isEqualTo("rwx------");
            }
        }
    }
}
