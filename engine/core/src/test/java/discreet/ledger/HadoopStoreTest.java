package discreet.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import discreet.InputException;
import discreet.RunException;
import discreet.privacy.Budget;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps a store on a real HDFS, with a name node and a data node in this JVM. */
@Tag("cluster")
class HadoopStoreTest {

    private static final ReleasePlan PLAN = TestLedger.plan("r", 1);

    @TempDir
    private static Path cluster;

    private static MiniDFSCluster hdfs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("hadoop.security.group.mapping", "org.apache.hadoop.security.NullGroupsMapping");
        hdfs = new MiniDFSCluster.Builder(configuration, cluster.toFile())
                .numDataNodes(1)
                .build();
        hdfs.waitActive();
    }

    @AfterAll
    static void stop() {
        hdfs.shutdown();
    }

    private static URI uri(String path) {
        return URI.create("hdfs://localhost:" + hdfs.getNameNodePort() + path);
    }

    private Population open(URI store) {
        return TestDatabase.SQLITE
                .in(folder)
                .ledger()
                .openPopulation(TestLedger.POPULATION, new Budget(5, TestLedger.DELTA), store);
    }

    /** Returns the files in a store, without its marks. */
    private static List<String> files(String path) throws IOException {
        FileStatus[] found = hdfs.getFileSystem().listStatus(new org.apache.hadoop.fs.Path(path));
        return Arrays.stream(found)
                .map(file -> file.getPath().getName())
                .filter(file -> StoreMark.among(List.of(file)).findAny().isEmpty())
                .toList();
    }

    @Test
    void release_storeOnHdfs_sealsReadsAndVerifies() throws IOException {
        Population population = open(uri("/a/eu/"));
        assertThat(population.status().store()).isEqualTo(uri("/a/eu"));
        ChargedRelease release = population.reserve(PLAN);
        long[] values = TestLedger.release(release, "gram").values();
        TestLedger.releaseAll(release);

        assertThat(files("/a/eu")).containsExactly("r.gram.1.sealed", "r.items.1.sealed", "r.people.1.sealed");
        Population again = TestDatabase.SQLITE.in(folder).population();
        assertThat(TestLedger.release(again.reserve(PLAN), "gram").values()).isEqualTo(values);
        assertThat(again.verify()).isEqualTo(Verification.intact(10));
        assertThat(hdfs.getFileSystem()
                        .getFileStatus(new org.apache.hadoop.fs.Path("/a/eu"))
                        .getPermission()
                        .toString())
                .isEqualTo("rwx------");
    }

    @Test
    void rerun_stoppedOnHdfs_removesWhatWasLeft() throws IOException {
        open(uri("/stopped"));
        TestLedger test = TestDatabase.SQLITE.in(folder);
        assertThatThrownBy(() -> TestLedger.releaseAll(
                        test.population(StoppedReleaseTest.stopAt(ProtocolListener.Step.WRITTEN, "people"))
                                .reserve(PLAN)))
                .isInstanceOf(StoppedReleaseTest.Stopped.class);
        assertThat(files("/stopped")).containsExactly("r.people.1.sealed");
        ChargedRelease rerun = test.population().reserve(PLAN);
        assertThat(files("/stopped")).isEmpty();
        TestLedger.releaseAll(rerun);
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void reserve_storeGoneFromHdfs_isRefusedAndNothingIsCharged() throws IOException {
        Population population = open(uri("/gone"));
        hdfs.getFileSystem().delete(new org.apache.hadoop.fs.Path("/gone"), true);
        assertThatThrownBy(() -> population.reserve(PLAN))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Cannot write to the store hdfs:");
        assertThat(population.releases()).isEmpty();
    }

    @Test
    void release_storeGoneFromHdfsBeforeDrawing_costsNothingAndMakesNoNewStore() throws IOException {
        open(uri("/lost"));
        Population population = TestDatabase.SQLITE.in(folder).population(step -> {
            if (step == ProtocolListener.Step.AGGREGATED) {
                delete("/lost");
            }
        });
        assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("Cannot write hdfs:");
        assertThat(hdfs.getFileSystem().exists(new org.apache.hadoop.fs.Path("/lost")))
                .isFalse();
        assertThat(population.rows("r")).hasSize(3);
    }

    private static void delete(String path) {
        try {
            hdfs.getFileSystem().delete(new org.apache.hadoop.fs.Path(path), true);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /**
     * The configuration of other code in this process, such as Spark, must not lead the sealed files
     * elsewhere.
     */
    @Test
    void release_sharedHadoopFileSystemDiffers_usesItsOwn() throws IOException {
        hdfs.getFileSystem().close();
        Configuration others = new Configuration();
        others.setClass("fs.hdfs.impl", RawLocalFileSystem.class, FileSystem.class);
        FileSystem shared = FileSystem.get(uri("/"), others);
        try {
            assertThat(FileSystem.get(uri("/"), new Configuration()))
                    .isSameAs(shared)
                    .isInstanceOf(RawLocalFileSystem.class);
            Population population = open(uri("/own"));
            TestLedger.releaseAll(population.reserve(PLAN));
            assertThat(population.verify()).isEqualTo(Verification.intact(10));
        } finally {
            shared.close();
        }
        assertThat(files("/own")).hasSize(3);
    }

    @Test
    void close_ledger_closesItsFileSystemAndTheNextUseOpensOne() {
        Ledger ledger = TestDatabase.SQLITE.in(folder).ledger();
        Population population =
                ledger.openPopulation(TestLedger.POPULATION, new Budget(5, TestLedger.DELTA), uri("/closed"));
        assertThat(ledger.population(TestLedger.POPULATION).store())
                .as("one for each place")
                .isSameAs(population.store());
        Store.NewFile writing = population.store().create("half");
        writing.write(ByteBuffer.wrap(new byte[] {1}));
        ledger.close();
        assertThatThrownBy(writing::finish).isInstanceOf(RunException.class);
        population.store().delete("half");
        TestLedger.releaseAll(population.reserve(PLAN));
        assertThat(population.verify()).isEqualTo(Verification.intact(10));
        ledger.close();
    }

    @Test
    void release_takenOverWhileItsFileIsWritten_saysSo() {
        open(uri("/race"));
        TestLedger test = TestDatabase.SQLITE.in(folder);
        Population population = test.population(step -> {
            if (step == ProtocolListener.Step.WRITTEN) {
                test.population().reserve(PLAN);
            }
        });
        assertThatThrownBy(() -> TestLedger.release(population.reserve(PLAN), "people"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("another run with this release id took over");
        TestLedger.releaseAll(test.population().reserve(PLAN));
        assertThat(test.population().verify().ok()).isTrue();
    }

    @Test
    void create_fileThatExists_isNotOverwritten() {
        Store store = Store.at(uri("/once"));
        store.create();
        try (Store.NewFile file = store.create("f")) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            file.finish();
        }
        assertThatThrownBy(() -> store.create("f")).isInstanceOf(RunException.class);
        assertThat(store.holds("f")).isTrue();
        assertThatThrownBy(store::create).isInstanceOf(InputException.class).hasMessageContaining("not empty");
        store.delete("f");
        store.delete("f");
        assertThat(store.files()).isEmpty();
    }

    @Test
    void openPopulation_sameHdfsFolderTwice_isRefused() {
        open(uri("/shared"));
        Ledger ledger = TestDatabase.SQLITE.in(folder).ledger();
        assertThatThrownBy(() -> ledger.openPopulation("us", new Budget(1, 1e-5), uri("/x/../shared/")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("population 'eu' uses it");
    }

    @Test
    void openPopulation_noFileSystemAtTheAddress_isRefused() {
        assertThatThrownBy(() -> open(URI.create("viewfs://nobody/x")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("HADOOP_CONF_DIR");
        assertThat(TestDatabase.SQLITE.in(folder).ledger().populations()).isEmpty();
    }
}
