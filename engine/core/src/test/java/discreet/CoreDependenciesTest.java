package discreet;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import discreet.natives.NativeLibrary;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks which libraries core depends on. The layers of the engine are the ArchitectureTest of
 * discreet-spark.
 */
class CoreDependenciesTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(NativeLibrary.class.getProtectionDomain().getCodeSource().getLocation());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.spark.SparkContext",
                "org.apache.spark.sql.SparkSession",
                "org.apache.spark.ml.Estimator",
                "scala.Option"
            })
    void classPath_ofCore_hasNoSpark(String name) {
        assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> Class.forName(name));
    }

    /**
     * Hadoop's classes take half a second to load. A ledger with a local store and a noise draw do without
     * them.
     */
    @Test
    void hadoopAndParquet_areUsedByFilesOfModelsHistoriesAndCataloguesAndByOneStore() {
        Set<String> packages = Set.of("discreet.files", "discreet.model", "discreet.history", "discreet.catalogue");
        DescribedPredicate<JavaClass> mayUse = describe(
                "read or write files through Hadoop",
                type -> packages.contains(type.getPackageName())
                        || type.getName().matches("discreet\\.ledger\\.HadoopStore(\\$.*)?"));

        usesNeitherHadoopNorParquet(not(mayUse)).check(CORE);
        assertThatThrownBy(() -> usesNeitherHadoopNorParquet(mayUse).check(CORE))
                .isInstanceOf(AssertionError.class);
    }

    private static ArchRule usesNeitherHadoopNorParquet(DescribedPredicate<JavaClass> which) {
        return noClasses()
                .that(which)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..");
    }
}
