package discreet.ledger;

import discreet.files.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Lists the databases that a ledger can be in. The tests of the protocol run on both, with each ledger in a
 * file or a schema of its own.
 */
enum TestDatabase {
    SQLITE {
        @Override
        String url(Path folder) {
            return Ledger.sqliteUrl(folder.resolve("test.db"));
        }

        @Override
        Dialect dialect(String url) {
            return new SqliteDialect(url);
        }

        @Override
        @Nullable
        URI store(Path store) {
            return null;
        }

        @Override
        String dropTrigger(String name) {
            return "DROP TRIGGER " + name;
        }
    },

    POSTGRESQL {
        @Override
        String url(Path folder) {
            byte[] name = Sha256.digest().digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return TestPostgres.url("t" + HexFormat.of().formatHex(name, 0, 16));
        }

        @Override
        Dialect dialect(String url) {
            return new PostgresDialect(url);
        }

        @Override
        URI store(Path store) {
            return store.toUri();
        }

        @Override
        String dropTrigger(String name) {
            return "DROP TRIGGER " + name + " ON entry";
        }

        @Override
        String replacing(String sql) {
            return sql.contains("OR REPLACE")
                    ? sql.replace("OR REPLACE ", "") + " ON CONFLICT (population, seq) DO UPDATE SET rho_units = 1"
                    : sql;
        }
    };

    /** Returns INSERT OR REPLACE in this database's dialect. */
    String replacing(String sql) {
        return sql;
    }

    /** Returns a URL, which is the same for the same folder. */
    abstract String url(Path folder);

    abstract Dialect dialect(String url);

    /** Returns the store to name when a population is opened, so that its sealed files go there. */
    abstract @Nullable URI store(Path store);

    abstract String dropTrigger(String name);

    /** Returns a ledger without populations that belongs to this folder. */
    TestLedger in(Path folder) {
        return new TestLedger(this, url(folder), folder);
    }

    /** Returns the same ledger with its population open under this cap. */
    TestLedger in(Path folder, double epsilon) {
        return in(folder).opened(epsilon);
    }
}
